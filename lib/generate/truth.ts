import type { Example } from "./example.js";
import type { Incident } from "./incidents.js";
import type { ResolvedGenerateOptions } from "./options.js";
import type { World } from "./world.js";

/** What is true of a generated trace: what an analysis should find. It is plain data, for JSON; times are seconds. */
export interface Truth {
  readonly seed: number;
  /** all options as they were used; generated with these, the trace is the same */
  readonly options: ResolvedGenerateOptions;
  readonly incidents: readonly Incident[];
  /** calls, the retries among them */
  readonly calls: number;
  readonly examples: number;
  /** calls that failed and have an END */
  readonly failures: number;
  /** calls that were made again because they had failed */
  readonly retries: number;
  /** calls whose END is not written */
  readonly unfinished: number;
  /** the first start and the last end of a call by a true clock, missing ENDs and skewed clocks aside */
  readonly start_time: number;
  readonly end_time: number;
  readonly makespan: number;
  readonly hosts: readonly { readonly host: string; readonly clock_skew: number }[];
}

/** Adds up what is true while examples go by. */
export class Tally {
  #calls = 0;
  #examples = 0;
  #failures = 0;
  #retries = 0;
  #unfinished = 0;
  #start = Infinity;
  #end = -Infinity;

  add({ spans }: Example): void {
    this.#examples++;
    for (const span of spans) {
      if (span.kind === "WORKFLOW") continue;
      this.#calls++;
      if (span.lost) this.#unfinished++;
      else if (span.failed) this.#failures++;
      if (span.attempt > 1) this.#retries++;
      this.#start = Math.min(this.#start, span.start);
      this.#end = Math.max(this.#end, span.end);
    }
  }

  truth({ options, incidents, hosts }: World): Truth {
    return {
      seed: options.seed,
      options,
      incidents,
      calls: this.#calls,
      examples: this.#examples,
      failures: this.#failures,
      retries: this.#retries,
      unfinished: this.#unfinished,
      start_time: this.#start / 1e6,
      end_time: this.#end / 1e6,
      makespan: (this.#end - this.#start) / 1e6,
      hosts: hosts.map(({ name, skew }) => ({ host: name, clock_skew: skew / 1e6 })),
    };
  }
}
