import type { Command, Option } from "commander";

export const shells = ["bash", "zsh", "fish"] as const;
export type Shell = (typeof shells)[number];

/** A script that has a shell complete the commands of a program, their options, and files. */
export function completionScript(program: Command, shell: Shell): string {
  const commands = program.commands.map((command) => ({
    name: command.name(),
    summary: command.summary(),
    options: command.createHelp().visibleOptions(command),
  }));
  return { bash, zsh, fish }[shell](program.name(), commands);
}

interface Completed {
  readonly name: string;
  readonly summary: string;
  readonly options: readonly Option[];
}

const flags = ({ short, long }: Option): string[] => [short, long].filter((flag) => flag !== undefined);
const quoted = (text: string): string => `'${text.replaceAll("'", String.raw`'\''`)}'`;

/** An option is completed where a word begins with a dash, a command where there is none yet, and a file elsewhere. */
const bash = (name: string, commands: readonly Completed[]): string =>
  `_${name}() {
  local word=\${COMP_WORDS[COMP_CWORD]} words=
  if [[ $COMP_CWORD -eq 1 ]]; then
    words=${quoted(commands.map((command) => command.name).join(" "))}
  elif [[ $word == -* ]]; then
    case \${COMP_WORDS[1]} in
${commands.map((command) => `      ${command.name}) words=${quoted(command.options.flatMap(flags).join(" "))} ;;`).join("\n")}
    esac
  fi
  COMPREPLY=($(compgen -W "$words" -- "$word"))
}
complete -o bashdefault -o default -F _${name} ${name}
`;

const zsh = (name: string, commands: readonly Completed[]): string => {
  const described = (text: string, meaning: string) => quoted(`${text.replaceAll(":", String.raw`\:`)}:${meaning}`);
  const cases = commands.map((command) => {
    const lines = command.options.flatMap((option) => flags(option).map((flag) => described(flag, option.description)));
    return `      ${command.name}) described=(${lines.join(" ")}) ;;`;
  });
  return `#compdef ${name}
_${name}() {
  local -a described
  if (( CURRENT == 2 )); then
    described=(${commands.map((command) => described(command.name, command.summary)).join(" ")})
    _describe command described
  elif [[ \${words[CURRENT]} == -* ]]; then
    case \${words[2]} in
${cases.join("\n")}
    esac
    _describe option described
  else
    _files
  fi
}
compdef _${name} ${name}
`;
};

const fish = (name: string, commands: readonly Completed[]): string => {
  const lines = commands.flatMap((command) => [
    `complete -c ${name} -n __fish_use_subcommand -f -a ${command.name} -d ${quoted(command.summary)}`,
    ...command.options.map(({ short, long, required, optional, description }) =>
      [
        `complete -c ${name} -n ${quoted(`__fish_seen_subcommand_from ${command.name}`)}`,
        ...(short === undefined ? [] : [`-s ${short.slice(1)}`]),
        ...(long === undefined ? [] : [`-l ${long.slice(2)}`]),
        ...(required || optional ? ["-r"] : []),
        `-d ${quoted(description)}`,
      ].join(" "),
    ),
  ]);
  return `${lines.join("\n")}\n`;
};
