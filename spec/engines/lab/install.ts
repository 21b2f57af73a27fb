import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { cache, version } from "./config.js";

/** All plugins that are there are loaded at start: only these are kept. */
const KEPT = ["exchange-filesystem"];
const ADDED = ["memory", "hive"];

/** Where the server is; fetched once from Maven Central, some 470 MB. */
export function install(): string {
  const home = join(cache, `server-${version}`);
  if (existsSync(home)) return home;
  console.log(`Fetching Trino ${version} …`);
  const fetched = join(cache, "fetched");
  const made = join(cache, "unpacking");
  rmSync(made, { recursive: true, force: true });
  mkdirSync(made, { recursive: true });
  unpack(fetch("trino-server-core", "tar.gz", fetched), made);
  const plugins = join(made, `trino-server-core-${version}`, "plugin");
  for (const name of readdirSync(plugins)) if (!KEPT.includes(name)) rmSync(join(plugins, name), { recursive: true });
  for (const name of ADDED) {
    unpack(fetch(`trino-${name}`, "zip", fetched), plugins);
    renameSync(join(plugins, `trino-${name}-${version}`), join(plugins, name));
  }
  // under its name only once it is whole
  renameSync(join(made, `trino-server-core-${version}`), home);
  rmSync(made, { recursive: true });
  rmSync(fetched, { recursive: true });
  return home;
}

function fetch(artifact: string, type: string, folder: string): string {
  const plugin = "org.apache.maven.plugins:maven-dependency-plugin:3.8.1";
  const wanted = `-Dartifact=io.trino:${artifact}:${version}:${type}`;
  const quiet = ["--quiet", "--batch-mode"];
  const options = { stdio: ["ignore", "inherit", "inherit"] as ("ignore" | "inherit")[] };
  execFileSync("mvn", [...quiet, `${plugin}:get`, wanted, "-Dtransitive=false"], options);
  execFileSync("mvn", [...quiet, `${plugin}:copy`, wanted, `-DoutputDirectory=${folder}`], options);
  return join(folder, `${artifact}-${version}.${type}`);
}

function unpack(file: string, folder: string): void {
  if (file.endsWith(".zip")) execFileSync("python3", ["-m", "zipfile", "-e", file, folder]);
  else execFileSync("tar", ["xzf", file, "-C", folder]);
}
