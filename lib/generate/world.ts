import { randomExponential, randomNormal } from "d3-random";
import { choice } from "./choice.js";
import { Clock } from "./clock.js";
import type { Incident } from "./incidents.js";
import { logNormal } from "./log-normal.js";
import type { ResolvedGenerateOptions } from "./options.js";
import type { ModelProfile, ToolProfile } from "./profiles.js";
import { type Random, randomStreams, type RandomStreams } from "./random.js";

export interface Model {
  readonly name: string;
  /** calls on it at this moment */
  inFlight: number;
  /** draws the tokens of an answer */
  readonly completion: Random;
  /** draws the seconds that an answer of so many tokens takes on a quiet day */
  readonly seconds: (tokens: number) => number;
}

export interface Tool {
  readonly name: string;
  readonly inside: ToolProfile["inside"];
  /** draws the seconds of its own work on a quiet day */
  readonly seconds: Random;
}

export interface Host {
  readonly name: string;
  /** how far its clock is ahead, in microseconds */
  readonly skew: number;
}

/** What all that happens in a trace has in common: the clock, what is the matter, who is there, and how each draws. */
export interface World {
  readonly clock: Clock;
  readonly options: ResolvedGenerateOptions;
  readonly incidents: readonly Incident[];
  readonly random: RandomStreams;
  readonly hosts: readonly Host[];
  readonly anyModel: () => Model;
  readonly anyTool: () => Tool;
  /** one of the tools that run an agent, and one of the others; undefined where there are none */
  readonly anyAgentTool: (() => Tool) | undefined;
  readonly anyPlainTool: (() => Tool) | undefined;
  /** the model that tools ask: the first of the list */
  readonly toolModel: Model;
  readonly anyHost: () => Host;
  /** draws the seconds from one turn to the next */
  readonly gap: Random;
  /** draws the seconds that an agent takes to make a call */
  readonly pause: Random;
  /** draws the tokens that a question adds to the context, or the result of a tool */
  readonly reading: Random;
}

/** Seconds that an agent takes to make a call, on average. */
const PAUSE = 0.01;
const READING = { tokens: 500, cv: 1.2 };

export function makeWorld(options: ResolvedGenerateOptions, incidents: readonly Incident[]): World {
  const random = randomStreams(options.seed);
  const { work } = random;
  const models = options.models.map((model) => ({ weight: model.weight, it: makeModel(work, model) }));
  const tools = options.tools.map((tool) => ({ weight: tool.weight, it: makeTool(work, tool) }));
  const drawn = <Item>(items: readonly { readonly weight: number; readonly it: Item }[]): (() => Item) => {
    const draw = choice(work, items);
    return () => draw().it;
  };
  const drawnIf = (runsAgent: boolean): (() => Tool) | undefined => {
    const some = tools.filter(({ it }) => (it.inside === "agent") === runsAgent);
    return some.length > 0 ? drawn(some) : undefined;
  };
  const skew = randomNormal.source(random.hosts)(0, options.clockSkew * 1e6);
  // + 0: no −0
  const hosts = Array.from({ length: options.hosts }, (_, i) => ({ name: `host-${i}`, skew: Math.round(skew()) + 0 }));
  return {
    clock: new Clock(),
    options,
    incidents,
    random,
    hosts,
    anyModel: drawn(models),
    anyTool: drawn(tools),
    anyAgentTool: drawnIf(true),
    anyPlainTool: drawnIf(false),
    toolModel: models[0].it,
    anyHost: () => hosts[Math.floor(random.hosts() * hosts.length)],
    gap: logNormal(work, options.gap, 1),
    pause: randomExponential.source(work)(1 / PAUSE),
    reading: logNormal(work, READING.tokens, READING.cv),
  };
}

function makeModel(random: Random, profile: ModelProfile): Model {
  const tokens = logNormal(random, profile.completionTokens, profile.completionCv);
  const spread = logNormal(random, 1, profile.cv);
  return {
    name: profile.name,
    inFlight: 0,
    completion: () => Math.max(1, Math.round(tokens())),
    seconds: (tokens) => (profile.firstToken + profile.perToken * tokens) * spread(),
  };
}

const makeTool = (random: Random, { name, inside, mean, cv }: ToolProfile): Tool => ({
  name,
  inside,
  seconds: logNormal(random, mean, cv),
});
