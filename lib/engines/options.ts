import * as z from "zod/mini";
import { OptionError } from "../errors.js";
import { type ColumnMap, parseColumns } from "../formats/columns.js";
import { resolveOptions } from "../tables/options.js";

/** How calls that lie elsewhere are analysed. */
export interface EngineOptions {
  /** which column holds what, as for files: `start=ts:ms,end=te:ms,example=session` */
  readonly columns?: string;
  /** the kinds of operation that count; LLM and TOOL if left out */
  readonly kinds?: readonly string[];
  /** concurrency from which on a segment is a spike; max(1, p90 of busy time) where it is left out */
  readonly threshold?: number;
  /** only calls whose column has this value, as text */
  readonly where?: Readonly<Record<string, string>>;
  /** a column by whose values the calls are told apart: every table then has it as its first column, and each group is swept by itself */
  readonly groupBy?: string;
  /** how many stretches of time `bins` has, 100 if left out */
  readonly bins?: number;
}

/** The options with what is left out filled in. */
export interface ResolvedEngineOptions {
  readonly columns: ColumnMap;
  readonly kinds: readonly string[];
  readonly threshold: number | undefined;
  readonly where: Readonly<Record<string, string>>;
  readonly groupBy: string | undefined;
  readonly bins: number;
}

const expected: Record<keyof EngineOptions, string> = {
  columns: "must be a text like start=ts:ms,name=model",
  kinds: 'must be a list of kinds, like ["LLM", "TOOL"]',
  threshold: "must be a positive whole number",
  where: "must give a text for each column",
  groupBy: "must be the name of a column",
  bins: "must be a whole number from 1 to 10,000",
};

const schema = z.partial(
  z.strictObject({
    columns: z.string(),
    kinds: z.array(z.string().check(z.minLength(1))).check(z.minLength(1)),
    threshold: z.int().check(z.minimum(1)),
    where: z.record(z.string(), z.string()),
    groupBy: z.string().check(z.minLength(1)),
    bins: z.int().check(z.minimum(1), z.maximum(10_000)),
  }),
);

/** Options of an analysis in memory that need all calls side by side, as an engine never has them. */
const inMemoryOnly = "mode pairing parents openCalls counting dedupe coalesce listActive align window".split(" ");

/**
 * Checks options and fills in what is left out.
 *
 * @throws OptionError for an unknown option, one that there is in memory only, or a value out of its range
 */
export function resolveEngineOptions(options: EngineOptions): ResolvedEngineOptions {
  const given = Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)) as EngineOptions;
  const parsed = schema.safeParse(given);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    if (issue.code === "unrecognized_keys") throw unknown(issue.keys[0]);
    const name = issue.path[0] as keyof EngineOptions;
    throw new OptionError(name, `${expected[name]}, not ${JSON.stringify(given[name])}.`);
  }
  const { columns, kinds, threshold, where = {}, groupBy, bins = 100 } = given;
  return {
    columns: columns === undefined ? new Map() : parseColumns(columns),
    kinds: resolveOptions(kinds && { kinds }).kinds,
    threshold,
    where,
    groupBy,
    bins,
  };
}

function unknown(name: string): OptionError {
  if (inMemoryOnly.includes(name)) {
    return new OptionError(
      name,
      "needs all calls in memory, where an engine leaves them where they lie. Use concurrencySpikeAnalysis, or prepare the calls in a view.",
    );
  }
  return new OptionError(name, `is not an option here; there are ${Object.keys(expected).join(", ")}.`);
}
