import type { Engine, EngineInput, EngineTable } from "../engines/engine.js";
import type { EngineResult } from "../engines/analyze-on.js";
import { OptionError } from "../errors.js";
import type { AnalysisFlags } from "./analysis.js";
import type { EngineFlags, EngineName } from "./engine-options.js";
import { engineProgressLine } from "./engine-progress.js";
import { Interrupted } from "./interrupted.js";

type Flags = AnalysisFlags & EngineFlags;

/** Options of an analysis in memory that an engine has not, by the names of their flags. */
const inMemoryOnly = {
  counting: "--counting",
  openCalls: "--open-calls",
  window: "--window",
  align: "--align",
} as const;

/** The options of one engine, by the names of their flags. */
const ofDuckDB = { memoryLimit: "--memory-limit", database: "--database" } as const;
const ofTrino = {
  server: "--server",
  catalog: "--catalog",
  schema: "--schema",
  credentials: "--credentials",
  ca: "--ca",
  allowHttp: "--allow-http",
} as const;

/** Whether the flags ask for an engine. */
export const asksForEngine = (flags: EngineFlags): boolean =>
  ["engine", "table", "groupBy", "bins", "segments", ...Object.keys(ofDuckDB), ...Object.keys(ofTrino)].some(
    (name) => flags[name as keyof EngineFlags] !== undefined,
  );

/**
 * Analyses files or a table where they lie. Ctrl-C stops what runs, in a cluster too.
 *
 * @throws OptionError for options that do not go together
 */
export async function analyseOn(
  files: readonly string[],
  flags: Flags,
  tables: readonly EngineTable[],
): Promise<EngineResult> {
  const { analyzeOn } = await import("../engines/analyze-on.js");
  checkFlags(files, flags);
  const name = await engineNamed(files, flags);
  const { columns, kinds, threshold, where, groupBy, bins, segments } = flags;
  const options = Object.entries({ columns, kinds, threshold, where, groupBy, bins, segments });
  const given = Object.fromEntries(options.filter(([, value]) => value !== undefined));

  const stop = new AbortController();
  const interrupted = () => {
    stop.abort(new Interrupted());
  };
  process.once("SIGINT", interrupted);
  const line = engineProgressLine(process.stderr);
  try {
    const engine = await engineOf(name, flags);
    const input: EngineInput = flags.table ?? (files.length === 1 ? files[0] : files);
    const warn = (message: string) => {
      line.clear();
      process.stderr.write(`spikeline: ${message}\n`);
    };
    const watch = { signal: stop.signal, progress: line.progress, warn };
    return await analyzeOn(engine, input, { ...given, ...watch, tables });
  } finally {
    line.clear();
    process.off("SIGINT", interrupted);
  }
}

function checkFlags(files: readonly string[], flags: Flags): void {
  if (flags.mode === "nat") throw new OptionError("--mode", "nat is for files in memory: leave --engine out.");
  for (const [name, flag] of Object.entries(inMemoryOnly)) {
    if (flags[name as keyof typeof inMemoryOnly] !== undefined)
      throw new OptionError(flag, "is for files in memory: leave --engine out, or prepare the calls in a view.");
  }
  if (flags.table !== undefined && files.length > 0)
    throw new OptionError("--table", `and files do not go together: ${files[0]}. Give one of them.`);
  if (flags.table === undefined && files.length === 0)
    throw new OptionError("<file...>", "is missing. Name files, or a table with --table.");
}

async function engineNamed(files: readonly string[], flags: Flags): Promise<Exclude<EngineName, "auto">> {
  const { engine } = flags;
  if (engine === undefined) {
    if (flags.server !== undefined) return "trino";
    return flags.database !== undefined || flags.memoryLimit !== undefined ? "duckdb" : "memory";
  }
  if (engine !== "auto") return engine;
  if (flags.server !== undefined || flags.database !== undefined || flags.table !== undefined)
    throw new OptionError("--engine", "auto chooses for files. Name the engine that has the table: duckdb or trino.");
  const { chooseEngine } = await import("../engines/choose-engine.js");
  const choice = await chooseEngine(files);
  process.stderr.write(`spikeline: engine ${choice.engine}: ${choice.why}\n`);
  return choice.engine;
}

async function engineOf(name: Exclude<EngineName, "auto">, flags: Flags): Promise<Engine> {
  const { memoryLimit, database, server, catalog, schema, credentials, ca } = flags;
  const only = (engine: string, options: Partial<Record<keyof EngineFlags, string>>) => {
    const [, flag] = Object.entries(options).find(([option]) => flags[option as keyof EngineFlags] !== undefined) ?? [];
    if (flag !== undefined && name !== engine) throw new OptionError(flag, `is for ${engine}, not for ${name}.`);
  };
  // where auto chose memory, nothing needs to be bounded
  if (flags.engine !== "auto") only("duckdb", ofDuckDB);
  only("trino", ofTrino);
  if (name === "memory") {
    if (flags.table !== undefined)
      throw new OptionError("--table", "needs --engine duckdb with a --database, or --engine trino with a --server.");
    return (await import("../engines/memory.js")).memory();
  }
  if (name === "duckdb") {
    if (flags.table !== undefined && database === undefined)
      throw new OptionError("--table", "needs the --database that it is in. Files are named without --table.");
    const options = { ...(memoryLimit !== undefined && { memoryLimit }), ...(database !== undefined && { database }) };
    return (await import("../engines/duckdb.js")).duckdb(options);
  }
  if (server === undefined) throw new OptionError("--server", "is missing: the address of Trino's coordinator.");
  if (flags.table === undefined)
    throw new OptionError("--table", "is missing: Trino reads its own tables, not files of this machine.");
  const [{ trino }, { trinoCredentials }] = await Promise.all([
    import("../engines/trino.js"),
    import("../engines/trino-credentials.js"),
  ]);
  return trino({
    server,
    ...(catalog !== undefined && { catalog }),
    ...(schema !== undefined && { schema }),
    credentials: await trinoCredentials(credentials),
    ...(ca !== undefined && { ca }),
    ...(flags.allowHttp && { allowHttp: true }),
  });
}
