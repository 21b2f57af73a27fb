import { openArrivals } from "./arrivals.js";
import { microseconds, type Process } from "./clock.js";
import type { Example, Span } from "./example.js";
import { exampleSizes } from "./example-sizes.js";
import { nextArrival } from "./next-arrival.js";
import { firstContext, takeTurns } from "./take-turns.js";
import type { World } from "./world.js";

/**
 * Lets time go by until all examples have ended. Memory holds those that run, and those that wait for one before them to end.
 *
 * @returns the examples, in the order of their starts
 */
export function* simulate(world: World): Generator<Example, void, undefined> {
  const { clock, options } = world;
  const ended = new Map<number, Example>();
  const begin = sessions(world, (example) => ended.set(example.number, example));
  if (options.arrivals === "closed") for (let user = 0; user < options.users; user++) clock.start(closed(world, begin));
  else clock.start(open(world, begin));

  let next = 0;
  while (clock.step()) {
    for (let example = ended.get(next); example; example = ended.get(++next)) {
      ended.delete(next);
      yield example;
    }
  }
}

/** Begins the next session; undefined where all have begun. */
type Begin = () => Process | undefined;

/** Sessions come from outside. */
function* open({ clock, options, incidents, random }: World, begin: Begin): Process {
  const { arrivals, rate } = options;
  if (arrivals === "closed") return;
  const next = nextArrival(random.arrivals, openArrivals(arrivals, rate, random.arrivals), rate, incidents);
  for (let time = next(0), before = 0; ; time = next(time)) {
    const at = Math.max(before, Math.round(time * 1e6));
    yield at - before;
    before = at;
    const session = begin();
    if (!session) return;
    clock.start(session);
  }
}

/** A user thinks, begins a session, waits for its end, and thinks again. */
function* closed({ clock, options, incidents, random }: World, begin: Begin): Process {
  const next = nextArrival(random.arrivals, { at: () => 1, peak: 1 }, 1 / options.think, incidents);
  for (;;) {
    const now = clock.now / 1e6;
    yield microseconds(next(now) - now);
    const session = begin();
    if (!session) return;
    yield* session;
  }
}

/** Numbers sessions as they begin, and shares the calls out among them. */
function sessions(world: World, end: (example: Example) => void): Begin {
  const { calls, examples } = world.options;
  const sizes = exampleSizes(world.random.sizes, calls, examples);
  let number = 0;
  return () => {
    const size = sizes.next().value;
    return size === undefined ? undefined : session(world, { number: number++, spans: [], spare: size - 1 }, end);
  };
}

/** One agent leads a session, in a workflow around all its calls. */
function* session(world: World, example: Example, end: (example: Example) => void): Process {
  const { clock } = world;
  const host = world.anyHost();
  const workflow: Span = {
    id: 0,
    parent: undefined,
    kind: "WORKFLOW",
    name: LEAD,
    agent: LEAD,
    host,
    attempt: 1,
    start: clock.now,
    end: NaN,
    prompt: NaN,
    completion: NaN,
    failed: false,
    lost: false,
  };
  example.spans.push(workflow);
  const lead = { example, agent: LEAD, host, within: workflow, model: world.anyModel(), depth: 0 };
  yield* takeTurns(world, { ...lead, context: firstContext(world) }, Infinity);
  workflow.end = clock.now;
  end(example);
}

const LEAD = "lead_agent";
