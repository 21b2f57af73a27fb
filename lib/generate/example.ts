import type { Host } from "./world.js";

/** An operation as it happens; times in microseconds of the true clock. */
export interface Span {
  /** its position in the example */
  readonly id: number;
  readonly parent: Span | undefined;
  readonly kind: "WORKFLOW" | "LLM" | "TOOL";
  readonly name: string;
  readonly agent: string;
  readonly host: Host;
  readonly attempt: number;
  readonly start: number;
  end: number;
  /** NaN where no model is called */
  readonly prompt: number;
  completion: number;
  failed: boolean;
  /** whether its END is lost */
  readonly lost: boolean;
}

/** A session of agents as it happens. */
export interface Example {
  readonly number: number;
  /** all operations, in the order of their starts; the first is the workflow around the others */
  readonly spans: Span[];
  /** calls that nobody has been promised yet: whoever takes one must make it, or give it back */
  spare: number;
}

/** Takes a call of the example. False where all are promised. */
export function take(example: Example): boolean {
  if (example.spare === 0) return false;
  example.spare--;
  return true;
}
