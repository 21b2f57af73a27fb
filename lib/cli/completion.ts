import type { Command } from "commander";
import { completionScript, type Shell, shells } from "./completion-script.js";
import { oneOf } from "./values.js";
import { write } from "./write.js";

const examples = `
Examples:
  source <(spikeline completion bash)     # in ~/.bashrc
  source <(spikeline completion zsh)      # in ~/.zshrc, below compinit
  spikeline completion fish | source      # in config.fish`;

/** Adds `spikeline completion`: it knows the commands and options that the program has when it runs. */
export function completionCommand(program: Command): void {
  program
    .command("completion")
    .summary("commands and options completed in the shell")
    .description("Prints a script that has bash, zsh or fish complete commands, options and files.")
    .argument("<shell>", shells.join(", "), oneOf(...shells))
    .addHelpText("after", examples)
    .action(async (shell: Shell) => {
      await write(process.stdout, [completionScript(program, shell)]);
    });
}
