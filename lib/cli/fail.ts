import type { Option } from "commander";
import { EngineError, InputError, OptionError, TableError } from "../errors.js";
import { Interrupted } from "./interrupted.js";

const foreseen = [EngineError, InputError, Interrupted, OptionError, TableError];

/** 1: the data or a file could not be used; 2: wrong usage or a wrong option; 130: stopped by Ctrl-C, as shells have it. */
export function exitCode(error: unknown): number {
  if (error instanceof Interrupted) return 130;
  return error instanceof OptionError ? 2 : 1;
}

/**
 * The message for a person, options named as they are typed; the stack only of an error that nobody foresaw, which is a fault of ours.
 *
 * @param options of the command that failed
 */
export function explain(error: unknown, options: readonly Option[] = []): string {
  if (error instanceof OptionError) {
    const flags = new Map(options.map((option) => [option.attributeName(), option.long ?? option.short]));
    return error.message.replaceAll(/`(\w+)`/g, (given, name: string) => {
      const flag = flags.get(name);
      return flag === undefined ? given : `\`${flag}\``;
    });
  }
  if (foreseen.some((kind) => error instanceof kind)) return (error as Error).message;
  const detail = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return `this should not happen; please report it with the command and the file.\n${detail}`;
}
