#!/usr/bin/env node
import { readFileSync } from "node:fs";
import { Command, CommanderError } from "commander";
import { analyzeCommand } from "./analyze.js";
import { completionCommand } from "./completion.js";
import { convertCommand } from "./convert.js";
import { explainCommand } from "./explain.js";
import { exitCode, explain } from "./fail.js";
import { generateCommand } from "./generate.js";
import { inspectCommand } from "./inspect.js";
import { plotCommand } from "./plot.js";
import { replCommand } from "./repl.js";
import { sqlCommand } from "./sql.js";

const { version } = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8")) as {
  version: string;
};

const program = new Command("spikeline")
  .description("How many LLM and tool calls were in flight, when that spiked, what was active, and what it cost.")
  .version(version, "-V, --version")
  .exitOverride()
  .showSuggestionAfterError();
analyzeCommand(program);
inspectCommand(program);
plotCommand(program);
convertCommand(program);
generateCommand(program);
replCommand(program);
sqlCommand(program);
explainCommand(program);
completionCommand(program);
program.addHelpText("after", "\nExamples:\n  spikeline analyze traces.json\n  spikeline analyze --help");

// whoever closes the pipe has seen enough
for (const stream of [process.stdout, process.stderr]) {
  stream.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") throw error;
  });
}

let running = program;
program.hook("preAction", (_program, command) => {
  running = command;
});
try {
  await program.parseAsync();
} catch (error) {
  // commander has said what is wrong already
  if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? 0 : 2;
  else {
    process.exitCode = exitCode(error);
    process.stderr.write(`spikeline: ${explain(error, running.options)}\n`);
  }
}
