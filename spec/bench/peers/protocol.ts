// What a peer is: `peer FOLDER WORK ROUNDS` reads its input from the folder, does the work and prints a line of JSON.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type ColumnTable, table } from "arquero";

/** What a result comes down to, so that peers can be compared: counts, sums and short columns. */
export type Digest = Record<string, number | number[]>;

/** Warming up takes this long, or so many rounds, or one if that takes longer or only one round is to be measured. */
const WARM_MS = 6000;
const WARM_MOST = 20;

const COLUMNS = ["start_time", "end_time", "prompt_tokens", "total_tokens"];

/** A kind of work: `load` and `digest` are not measured, `run` is. */
export interface Work<I, O> {
  load(folder: string): I;
  run(input: I): O | Promise<O>;
  digest(output: O): Digest;
}

export interface Measured {
  /** seconds of the process, all its threads, for each round */
  readonly cpu: number[];
  /** seconds on the clock, for each round */
  readonly wall: number[];
  /** most memory ever resident, by the end of the first run: what one who runs it once sees */
  readonly peak_mb: number;
  /** memory resident with the input loaded */
  readonly loaded_mb: number;
  readonly result: Digest;
}

/** Does the work that the command line asks for: a warm-up, then the rounds. */
export async function serve(works: Readonly<Record<string, Work<unknown, unknown>>>): Promise<void> {
  const [folder, name, rounds] = process.argv.slice(2);
  const work = works[name];
  const input = work.load(folder);
  const loaded_mb = residentMb();
  const begun = performance.now();
  let output = await work.run(input);
  const peak_mb = peakMb();
  const most = Number(rounds) > 1 ? WARM_MOST : 1;
  for (let warm = 1; warm < most && performance.now() - begun < WARM_MS; warm++) output = await work.run(input);

  const cpu: number[] = [];
  const wall: number[] = [];
  while (cpu.length < Number(rounds)) {
    const cpuBefore = process.cpuUsage();
    const wallBefore = performance.now();
    output = await work.run(input);
    const { user, system } = process.cpuUsage(cpuBefore);
    wall.push((performance.now() - wallBefore) / 1000);
    cpu.push((user + system) / 1e6);
  }
  print({ cpu, wall, peak_mb, loaded_mb, result: work.digest(output) });
}

export function print(measured: object): void {
  process.stdout.write(`${JSON.stringify(measured)}\n`);
}

/** Memory resident now, and the most that ever was, as Linux has it; `maxRSS` may be that of the program that started this one. */
export const residentMb = (): number => statusMb("VmRSS");
export const peakMb = (): number => statusMb("VmHWM");

function statusMb(field: string): number {
  const line = readFileSync("/proc/self/status", "utf8")
    .split("\n")
    .find((text) => text.startsWith(field));
  return (Number(line?.replace(/\D/g, "")) * 1024) / 1e6;
}

/** The calls whose columns lie in the folder. */
export function callsIn(folder: string, names: readonly string[] = COLUMNS): ColumnTable {
  return table(Object.fromEntries(names.map((name) => [name, column(folder, name)])));
}

function column(folder: string, name: string): Float64Array {
  const { buffer, byteOffset, byteLength } = readFileSync(join(folder, `${name}.f64`));
  return new Float64Array(buffer, byteOffset, byteLength / 8);
}

/** A module of the built package: what users run, and what the compiler need not find before it is built. */
export async function built<M>(path: string): Promise<M> {
  return (await import(new URL(`../../../dist/${path}`, import.meta.url).href)) as M;
}
