import * as z from "zod/mini";
import { OptionError } from "../errors.js";

/** How calls are made from a trace. */
export interface CallOptions {
  /** `"keyed"`: by example, id and ordinal; `"nat"`: as the reference does */
  readonly pairing?: "keyed" | "nat";
  /** `"auto"`: by ids where an example has them, else by containment in time; `"stack"`: as the reference does */
  readonly parents?: "auto" | "ids" | "containment" | "stack";
  /** a call that never ended: in flight until the last event of its example, left out, or of no length */
  readonly openCalls?: "censor" | "drop" | "zero";
  /** the kinds of operation that count */
  readonly kinds?: readonly string[];
  /** `"inclusive"`: every call; `"leaf"`: those that hold no other; `"exclusive"`: a call only while no call below it runs */
  readonly counting?: "inclusive" | "leaf" | "exclusive";
  /** fold model calls that several instrumentations recorded into one */
  readonly dedupe?: boolean;
}

/** How a trace is analysed. `mode` presets the others; each can be given alone. */
export interface AnalysisOptions extends CallOptions {
  readonly mode?: "default" | "nat";
  /** join neighbouring segments of equal concurrency */
  readonly coalesce?: boolean;
  /** concurrency from which on a segment is a spike; chosen from p90 where it is left out */
  readonly threshold?: number;
  /** list the ids of the active calls of each spike in the JSON, instead of their number */
  readonly listActive?: boolean;
  /** `"start"`: move every example so that its first call starts at 0 */
  readonly align?: "start";
  /** only calls whose column has this value, as text */
  readonly where?: Readonly<Record<string, string>>;
  /** look only at this stretch of time, in seconds since the origin */
  readonly window?: readonly [from: number, to: number];
}

/** The options with the presets of the mode filled in. */
export type ResolvedOptions = Required<Omit<AnalysisOptions, "threshold" | "align" | "where" | "window">> &
  Pick<AnalysisOptions, "threshold" | "align" | "where" | "window">;

const time = z.custom<number>((value) => typeof value === "number" && !Number.isNaN(value)); // endless windows are fine
const kinds = z.array(z.string().check(z.minLength(1))).check(z.minLength(1));

const schema = z.partial(
  z.strictObject({
    mode: z.enum(["default", "nat"]),
    pairing: z.enum(["keyed", "nat"]),
    parents: z.enum(["auto", "ids", "containment", "stack"]),
    openCalls: z.enum(["censor", "drop", "zero"]),
    kinds: kinds,
    counting: z.enum(["inclusive", "leaf", "exclusive"]),
    dedupe: z.boolean(),
    coalesce: z.boolean(),
    threshold: z.int(),
    listActive: z.boolean(),
    align: z.enum(["start"]),
    where: z.record(z.string(), z.string()),
    window: z.tuple([time, time]).check(z.refine(([from, to]) => from < to)),
  }),
);

const expected: Record<string, string> = {
  mode: 'must be "default" or "nat"',
  pairing: 'must be "keyed" or "nat"',
  parents: 'must be "auto", "ids", "containment" or "stack"',
  openCalls: 'must be "censor", "drop" or "zero"',
  kinds: 'must be a list of kinds, like ["LLM", "TOOL"]',
  counting: 'must be "inclusive", "leaf" or "exclusive"',
  dedupe: "must be true or false",
  coalesce: "must be true or false",
  threshold: "must be a whole number",
  listActive: "must be true or false",
  align: 'must be "start"',
  where: "must give a text for each column",
  window: "must be two numbers, the first below the second",
};

const presets = {
  default: {
    pairing: "keyed",
    parents: "auto",
    openCalls: "censor",
    kinds: ["LLM", "TOOL"],
    counting: "inclusive",
    dedupe: true,
    coalesce: true,
    listActive: false,
  },
  nat: {
    pairing: "nat",
    parents: "stack",
    openCalls: "zero",
    kinds: ["LLM", "TOOL"],
    counting: "inclusive",
    dedupe: false,
    coalesce: false,
    listActive: true,
  },
} as const;

/**
 * Checks options and fills in the presets of their mode. An option that is undefined counts as left out.
 *
 * @throws OptionError for an unknown option or a value out of its range
 */
export function resolveOptions(options: AnalysisOptions = {}): ResolvedOptions {
  const given = Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));
  const parsed = schema.safeParse(given);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    if (issue.code === "unrecognized_keys") {
      throw new OptionError(issue.keys[0], `is not an option; there are ${Object.keys(expected).join(", ")}.`);
    }
    const name = String(issue.path[0]);
    throw new OptionError(name, `${expected[name]}, not ${shown(given[name])}.`);
  }
  const mode = options.mode ?? "default";
  if (mode === "default" && options.threshold !== undefined && options.threshold < 1) {
    throw new OptionError(
      "threshold",
      `must be a positive integer, not ${options.threshold}. (\`mode: "nat"\` takes any integer.)`,
    );
  }
  const resolved = { mode, ...presets[mode], ...(given as AnalysisOptions) };
  return { ...resolved, kinds: resolved.kinds.map((kind) => kind.toUpperCase()) };
}

const shown = (value: unknown): string => (typeof value === "number" ? String(value) : JSON.stringify(value));
