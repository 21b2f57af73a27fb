import type { Command } from "commander";
import type { Entry } from "../report/entries.js";

/** The options of all commands as names that can be explained; one that reads the same in several commands is one. */
export function optionEntries(program: Command): Entry[] {
  const found = new Map<string, { readonly entry: Omit<Entry, "what">; readonly commands: string[] }>();
  for (const command of program.commands) {
    for (const { flags, long, description } of command.options) {
      const key = `${flags}\n${description}`;
      const known = found.get(key);
      const entry = { name: long ?? flags, group: "Options", meaning: description } as const;
      if (known) known.commands.push(command.name());
      else found.set(key, { entry, commands: [command.name()] });
    }
  }
  return Array.from(found, ([key, { entry, commands }]) => ({
    ...entry,
    what: `an option of ${commands.join(", ")}: ${key.slice(0, key.indexOf("\n"))}`,
  }));
}
