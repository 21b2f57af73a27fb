// Runs the suite in what this is started with: Node of any version, or Deno.
import Mocha from "mocha";
import { type Outcome, tell } from "./outcome.js";
import { specs } from "./specs.js";

const runtime = "deno" in process.versions ? `Deno ${process.versions.deno ?? ""}` : `Node ${process.versions.node}`;

const mocha = new Mocha({ timeout: 60_000, reporter: "base" });
for (const file of specs) mocha.addFile(file);
await mocha.loadFilesAsync();

tell(
  runtime,
  await new Promise<Outcome>((done) => {
    const failed: string[] = [];
    const runner = mocha
      .run(() => {
        done({ passed: runner.stats?.passes ?? 0, failed });
      })
      .on("fail", (test, error: Error) => failed.push(`${test.fullTitle()}\n${error.stack ?? String(error)}`));
  }),
);
