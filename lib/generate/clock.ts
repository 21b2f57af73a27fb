import FlatQueue from "flatqueue";

/** What takes time: it yields the whole microseconds that it waits, or `PARKED` until it is started again. */
export type Process = Generator<number, void, undefined>;

export const PARKED = -1;

/** The simulated time, in whole microseconds so that sums are exact, and a heap of who wakes next. */
export class Clock {
  now = 0;
  readonly #waking = new FlatQueue<Process>();
  #running: Process | undefined;

  /** Lets a process run from now on, or after so many microseconds. */
  start(process: Process, after = 0): void {
    this.#waking.push(process, this.now + after);
  }

  /** Goes on to the next who wakes, and lets it run until it waits. False where nobody is left. O(log waiting). */
  step(): boolean {
    const time = this.#waking.peekValue();
    const process = this.#waking.pop();
    if (time === undefined || process === undefined) return false;
    this.now = time;
    this.#running = process;
    const { done, value } = process.next();
    if (done !== true && value !== PARKED) this.start(process, value);
    return true;
  }

  /** Runs processes side by side; it ends with the last of them. */
  *all(processes: readonly Process[]): Process {
    const waiting = this.#running;
    let left = processes.length;
    if (left === 0 || waiting === undefined) return;
    const counted = function* (clock: Clock, process: Process): Process {
      yield* process;
      if (--left === 0) clock.start(waiting);
    };
    for (const process of processes) this.start(counted(this, process));
    yield PARKED;
  }
}

/** Seconds as whole microseconds, at least one: nothing takes no time. */
export const microseconds = (seconds: number): number => Math.max(1, Math.round(seconds * 1e6));
