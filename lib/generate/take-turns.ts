import { microseconds, type Process } from "./clock.js";
import { take } from "./example.js";
import { arrivalsFactor } from "./incidents.js";
import { type Caller, makeCall } from "./make-call.js";
import type { Model, Tool, World } from "./world.js";

/** An agent at work, with what it has read so far. */
export interface Agent extends Caller {
  readonly model: Model;
  /** how many agents stand above it */
  readonly depth: number;
  /** tokens of its next prompt */
  context: number;
}

/** How many tools a turn uses, from 0 on: shares of the turns. */
const TOOLS_OF_A_TURN = [0.15, 0.35, 0.25, 0.15, 0.1];
/** Share of the turns in which an agent sends out agents of its own, two to four side by side. */
const SENDING_OUT = 0.08;
/** Agents send out agents, these no further ones. */
const DEEPEST = 1;
/** Tokens at which an agent sums up what it has read, and what is left then. */
const FULL = 120_000;
const SUMMED_UP = 15_000;
/** Turns that an agent within an agent takes at most. */
const TURNS_INSIDE = 2;
/** Tokens that every prompt has: instructions and the description of the tools. */
const INSTRUCTIONS = 800;

/** The number of tokens that an agent begins with: the instructions and a question. */
export const firstContext = (world: World): number => INSTRUCTIONS + Math.round(world.reading());

/**
 * Lets an agent take turns: a model call, some tools side by side, and another model call that looks at what they gave. It ends after so
 * many turns, or when the example has no calls left. The first call must have been taken of the example.
 */
export function* takeTurns(world: World, agent: Agent, turns: number): Process {
  const { example } = agent;
  for (let turn = 0; turn < turns && (turn === 0 || take(example)); turn++) {
    if (turn > 0) {
      yield microseconds(turnGap(world, agent));
      agent.context += Math.round(world.reading());
    }
    // before the tools are, so that there is always one to close with
    const closes = take(example);
    yield* ask(world, agent);
    if (!closes) continue;
    const { context } = agent;
    yield* world.clock.all(toolsOfTurn(world, agent));
    if (agent.context === context) agent.context += Math.round(world.reading());
    yield* ask(world, agent);
  }
}

/** Only a person takes time between turns, and less in a burst, where it is the persons who make it. */
function turnGap(world: World, agent: Agent): number {
  const { options, incidents, clock } = world;
  if (agent.depth > 0) return world.pause();
  return world.gap() / (options.arrivals === "closed" ? arrivalsFactor(incidents, clock.now / 1e6) : 1);
}

/** A call of the agent's model with all that the agent has read. */
function* ask(world: World, agent: Agent): Process {
  const { model } = agent;
  yield microseconds(world.pause());
  if (agent.context > FULL) agent.context = SUMMED_UP;
  const completion = model.completion();
  const prompt = agent.context;
  yield* makeCall(world, agent, {
    kind: "LLM",
    name: model.name,
    model,
    prompt,
    completion,
    seconds: () => model.seconds(completion),
  });
  agent.context += completion;
}

/** The tools of a turn, about to be used; as many as the example has calls for. */
function toolsOfTurn(world: World, agent: Agent): Process[] {
  const { random, anyTool, anyAgentTool, anyPlainTool } = world;
  const deepest = agent.depth >= DEEPEST;
  const sends = anyAgentTool && !deepest && random.work() < SENDING_OUT;
  const draw = sends ? anyAgentTool : ((deepest ? anyPlainTool : undefined) ?? anyTool);
  const uses: Process[] = [];
  for (let left = sends ? 2 + Math.floor(random.work() * 3) : toolCount(random.work()); left > 0; left--) {
    if (!take(agent.example)) break;
    uses.push(useTool(world, agent, draw()));
  }
  return uses;
}

function toolCount(share: number): number {
  const count = TOOLS_OF_A_TURN.findIndex((part) => (share -= part) < 0);
  return count < 0 ? TOOLS_OF_A_TURN.length - 1 : count;
}

/** A call of a tool, with what is inside it if the example has calls for that. */
function* useTool(world: World, agent: Agent, tool: Tool): Process {
  const { example } = agent;
  const goesDeeper = tool.inside === "model" || (tool.inside === "agent" && agent.depth < DEEPEST);
  let promised = goesDeeper && take(example);
  yield microseconds(world.pause());
  yield* makeCall(world, agent, {
    kind: "TOOL",
    name: tool.name,
    prompt: NaN,
    completion: NaN,
    seconds: tool.seconds,
    inside: promised
      ? (span) => {
          promised = false;
          const inner: Agent = {
            example,
            agent: tool.name,
            host: world.anyHost(),
            within: span,
            model: tool.inside === "model" ? world.toolModel : world.anyModel(),
            depth: agent.depth + 1,
            context: firstContext(world),
          };
          return tool.inside === "model" ? ask(world, inner) : takeTurns(world, inner, turnsInside(world));
        }
      : undefined,
  });
  if (promised) example.spare++; // it failed for good
  agent.context += Math.round(world.reading());
}

const turnsInside = (world: World): number => 1 + Math.floor(world.random.work() * TURNS_INSIDE);
