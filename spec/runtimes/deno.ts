import { inChild } from "./child.js";

/** Runs the suite in Deno, on the sources as they are: nothing is fetched, and no test may reach the network. */
export function deno(): void {
  const isolated = ["--no-remote", "--cached-only", "--allow-all", "--deny-net"];
  inChild(
    "Deno",
    ["npx", "--no-install", "deno"],
    ["run", ...isolated, "--unstable-sloppy-imports"], // a name that ends in .js stands for the source
    "`npm ci` installs it.",
  );
}
