import { microseconds, type Process } from "./clock.js";
import { contentionFactor } from "./contention.js";
import { type Example, type Span, take } from "./example.js";
import { latencyFactor } from "./incidents.js";
import type { Host, Model, World } from "./world.js";

/** Who makes a call. */
export interface Caller {
  readonly example: Example;
  readonly agent: string;
  readonly host: Host;
  /** the operation that it runs in */
  readonly within: Span;
}

/** What is called. */
export interface Call {
  readonly kind: "LLM" | "TOOL";
  readonly name: string;
  /** the model that is called, which takes longer the more it has to do */
  readonly model?: Model;
  readonly prompt: number;
  readonly completion: number;
  /** draws how long it takes on a quiet day */
  readonly seconds: () => number;
  /** what is done in the call after its own work, if that does not fail */
  readonly inside?: ((span: Span) => Process) | undefined;
}

/** Seconds until the first retry, on average; twice as many until the next. */
const BACKOFF = 1;

/** Makes a call that was taken of the example; where it fails, again, as long as that is allowed and the example has calls to spare. */
export function* makeCall(world: World, caller: Caller, call: Call): Process {
  const { failures, retries } = world.options;
  const { failures: chance } = world.random;
  for (let attempt = 1; ; attempt++) {
    const span = open(world, caller, call, attempt);
    span.failed = failures > 0 && chance() < failures;
    if (call.model) call.model.inFlight++;
    const seconds = call.seconds() * slowness(world, call.model);
    // a call that fails breaks off on its way
    yield microseconds(span.failed ? seconds * chance() : seconds);
    if (call.model) call.model.inFlight--;
    if (!span.failed && call.inside) yield* call.inside(span);
    span.end = world.clock.now;
    if (!span.failed) {
      span.completion = call.completion;
      return;
    }
    if (attempt > retries || !take(caller.example)) return;
    yield microseconds(BACKOFF * 2 ** (attempt - 1) * (0.5 + chance()));
  }
}

/** How many times as long as on a quiet day a call takes that starts now. */
function slowness({ options, incidents, clock }: World, model: Model | undefined): number {
  const [sigma, kappa] = options.contention;
  const crowd = model ? contentionFactor(model.inFlight, sigma, kappa) : 1;
  return crowd * latencyFactor(incidents, clock.now / 1e6);
}

function open({ clock, options, random }: World, caller: Caller, call: Call, attempt: number): Span {
  const { spans } = caller.example;
  const span: Span = {
    id: spans.length,
    parent: caller.within,
    kind: call.kind,
    name: call.name,
    agent: caller.agent,
    host: caller.host,
    attempt,
    start: clock.now,
    end: NaN,
    prompt: call.prompt,
    completion: call.kind === "LLM" ? 0 : NaN,
    failed: false,
    lost: options.missingEnds > 0 && random.losses() < options.missingEnds,
  };
  spans.push(span);
  return span;
}
