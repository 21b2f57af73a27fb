import * as z from "zod/mini";
import { OptionError } from "../errors.js";
import { type ArrivalKind, arrivalKinds } from "./arrivals.js";
import { type IncidentKind, incidentKinds } from "./incidents.js";
import { defaultModels, defaultTools, type ModelProfile, type ToolProfile } from "./profiles.js";

/** What traffic to generate. Times are seconds. */
export interface GenerateOptions {
  /** the same seed and options give the same trace */
  readonly seed?: number;
  /** model and tool calls in all, retries among them */
  readonly calls?: number;
  /** sessions of agents that the calls are in; else a twelfth of the calls */
  readonly examples?: number;
  /** how examples arrive: `"poisson"`, `"bursty"` (calm and busy times), `"daily"` (least at 0 h, most at 12 h), or `"closed"` (users in turn) */
  readonly arrivals?: ArrivalKind;
  /** examples per second, on average; not for `"closed"` */
  readonly rate?: number;
  /** how many users of `"closed"` there are: each starts an example when it has thought after its last one */
  readonly users?: number;
  /** mean seconds that a user of `"closed"` thinks between examples */
  readonly think?: number;
  /** mean seconds between the turns of an agent */
  readonly gap?: number;
  /** σ and κ of the Universal Scalability Law: a model call takes longer, the more are in flight on its model */
  readonly contention?: readonly [sigma: number, kappa: number];
  /** share of calls that fail */
  readonly failures?: number;
  /** how often a call that failed is made again at most, each time after a longer wait */
  readonly retries?: number;
  /** share of calls whose END is not written */
  readonly missingEnds?: number;
  /** standard deviation of how far off the clock of a host is */
  readonly clockSkew?: number;
  /** how many hosts agents run on */
  readonly hosts?: number;
  /** what is the matter for a while: more arrivals, longer calls, or both by the square root */
  readonly incident?: IncidentKind | "none";
  /** how many times as many arrivals, or as long calls */
  readonly incidentFactor?: number;
  /** when; else from 0.6 to 0.7 of the time that the traffic is expected to last */
  readonly incidentWindow?: readonly [from: number, to: number];
  readonly models?: readonly ModelProfile[];
  readonly tools?: readonly ToolProfile[];
}

/** All options; the window stays open until it is known how long the traffic lasts. */
export type ResolvedGenerateOptions = Required<Omit<GenerateOptions, "incidentWindow">> &
  Pick<GenerateOptions, "incidentWindow">;

const share = z.number().check(z.minimum(0), z.maximum(1));
const seconds = z.number().check(z.minimum(0));
const positive = z.number().check(z.positive());
const count = z.int().check(z.positive());
const name = z.string().check(z.minLength(1));

const schema = z.partial(
  z.strictObject({
    seed: z.int().check(z.minimum(0), z.maximum(0xffffffff)),
    calls: count,
    examples: count,
    arrivals: z.enum(arrivalKinds),
    rate: positive,
    users: count,
    think: positive,
    gap: positive,
    contention: z.tuple([seconds, seconds]),
    failures: share,
    retries: z.int().check(z.minimum(0)),
    missingEnds: share,
    clockSkew: seconds,
    hosts: count,
    incident: z.enum([...incidentKinds, "none"]),
    incidentFactor: positive,
    incidentWindow: z.tuple([seconds, seconds]).check(z.refine(([from, to]) => from < to)),
    models: z
      .array(
        z.strictObject({
          name,
          weight: positive,
          firstToken: seconds,
          perToken: positive,
          cv: seconds,
          completionTokens: positive,
          completionCv: seconds,
        }),
      )
      .check(z.minLength(1)),
    tools: z
      .array(
        z.strictObject({
          name,
          weight: positive,
          mean: positive,
          cv: seconds,
          inside: z.optional(z.enum(["model", "agent"])),
        }),
      )
      .check(z.minLength(1)),
  }),
);

const either = (words: readonly string[]): string =>
  `must be ${words
    .map((word) => `"${word}"`)
    .join(", ")
    .replace(/, ([^,]*)$/, " or $1")}`;

const expected: Record<keyof GenerateOptions, string> = {
  seed: "must be a whole number from 0 to 4294967295",
  calls: "must be a positive integer",
  examples: "must be a positive integer",
  arrivals: either(arrivalKinds),
  rate: "must be a positive number of examples per second",
  users: "must be a positive integer",
  think: "must be a positive number of seconds",
  gap: "must be a positive number of seconds",
  contention: "must be two numbers from 0, σ and κ",
  failures: "must be a share from 0 to 1",
  retries: "must be a whole number from 0",
  missingEnds: "must be a share from 0 to 1",
  clockSkew: "must be a number of seconds from 0",
  hosts: "must be a positive integer",
  incident: either([...incidentKinds, "none"]),
  incidentFactor: "must be a positive number",
  incidentWindow: "must be two numbers of seconds from 0, the first below the second",
  models: "must be a list of {name, weight, firstToken, perToken, cv, completionTokens, completionCv}",
  tools: 'must be a list of {name, weight, mean, cv}, where `inside` can be "model" or "agent"',
};

const defaults = {
  seed: 1,
  calls: 1000,
  arrivals: "poisson",
  rate: 0.2,
  users: 20,
  think: 30,
  gap: 5,
  contention: [0, 0],
  failures: 0,
  retries: 2,
  missingEnds: 0,
  clockSkew: 0,
  hosts: 4,
  incident: "none",
  incidentFactor: 4,
  models: defaultModels,
  tools: defaultTools,
} as const;

/** Calls of an example, where nobody says how many examples there are. */
const CALLS_PER_EXAMPLE = 12;

/**
 * Checks options and fills in the others. An option that is undefined counts as left out.
 *
 * @throws OptionError for an unknown option or a value out of its range
 */
export function resolveGenerateOptions(options: GenerateOptions = {}): ResolvedGenerateOptions {
  const given = Object.fromEntries(
    Object.entries(options).filter(([, value]) => value !== undefined),
  ) as GenerateOptions;
  const parsed = schema.safeParse(given);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    if (issue.code === "unrecognized_keys" && issue.path.length === 0) {
      throw new OptionError(issue.keys[0], `is not an option; there are ${Object.keys(expected).join(", ")}.`);
    }
    const name = issue.path[0] as keyof GenerateOptions;
    throw new OptionError(name, `${expected[name]}, not ${shown(given[name])}.`);
  }
  const { calls = defaults.calls } = given;
  const { examples = Math.max(1, Math.round(calls / CALLS_PER_EXAMPLE)) } = given;
  if (examples > calls) {
    throw new OptionError("examples", `must be at most ${calls}, as many as there are calls, not ${examples}.`);
  }
  return { ...defaults, ...given, examples };
}

const shown = (value: unknown): string => (typeof value === "number" ? String(value) : JSON.stringify(value));
