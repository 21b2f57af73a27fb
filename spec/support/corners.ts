import fc from "fast-check";
import type { OracleCall } from "./oracle.js";
import { seeded } from "./random.js";

type Random = () => number;
const upTo = (random: Random, n: number) => Math.floor(random() * n);

/** Numbers as real traces seldom have them, and as kernels that divide, subtract and count fear them: each shape makes n of them. */
const timeShapes = {
  "spread out": (n, random) => Array.from({ length: n }, () => random()),
  tied: (n, random) => Array.from({ length: n }, () => upTo(random, 9)),
  equal: (n) => new Array<number>(n).fill(3),
  "equal but one": (n, random) => {
    const other = upTo(random, n);
    return Array.from({ length: n }, (_, i) => (i === other ? -1 : 3));
  },
  "one far outlier": (n, random) => {
    const other = upTo(random, n);
    const far = (random() < 0.5 ? -1 : 1) * 10 ** (6 + 294 * random());
    return Array.from({ length: n }, (_, i) => (i === other ? far : random()));
  },
  "two clusters": (n, random) => Array.from({ length: n }, () => upTo(random, 2) * 1e9 + random()),
  denormal: (n, random) => Array.from({ length: n }, () => (upTo(random, 99) - 20) * Number.MIN_VALUE),
  "0 and -0": (n, random) => Array.from({ length: n }, () => [0, -0, -1, 1][upTo(random, 4)]),
  "near 2^53": (n, random) => {
    const sign = random() < 0.5 ? -1 : 1;
    return Array.from({ length: n }, () => sign * (2 ** 53 - 60 + upTo(random, 120)));
  },
  "next to one another": (n, random) => Array.from({ length: n }, () => 1.7e9 + upTo(random, 40) * 2 ** -22),
  // the difference of two of these overflows
  huge: (n, random) => Array.from({ length: n }, () => (2 * random() - 1) * Number.MAX_VALUE),
  "huge or small": (n, random) => Array.from({ length: n }, () => (upTo(random, 3) - 1) * 1.7e308 + random()),
  "every magnitude": (n, random) =>
    Array.from({ length: n }, () => (random() < 0.5 ? -1 : 1) * 10 ** (600 * random() - 300)),
  "a burst": (n, random) => Array.from({ length: n }, () => (random() < 0.9 ? 0.5 + 1e-9 * random() : random())),
  // each within one bucket of the one before
  "bursts within bursts": (n, random) => Array.from({ length: n }, () => random() * 1e-5 ** upTo(random, 6)),
  "just below whole numbers": (n, random) => Array.from({ length: n }, () => upTo(random, n) - 1e-12),
} satisfies Record<string, (n: number, random: Random) => number[]>;

/** Ways to lay numbers out in rows. */
const layouts = {
  "as they come": (values: number[]) => values,
  ascending: (values: number[]) => values.sort((a, b) => a - b),
  descending: (values: number[]) => values.sort((a, b) => b - a),
  "ascending but the last": (values: number[]) => values.sort((a, b) => a - b).concat(values.splice(0, 1)),
};

/** Ways to make n calls of 2n times, ascending. */
const callShapes = {
  any: (t, _, random) => [t[upTo(random, t.length)], t[upTo(random, t.length)]].sort((a, b) => a - b),
  nested: (t, i) => [t[i], t[t.length - 1 - i]],
  touching: (t, i) => [t[i], t[i + 1]],
  "all in flight": (t, i) => [t[i], t[t.length / 2 + i]],
  "of no length": (t, i) => [t[i], t[i]],
  "without a bound": (t, i, random) =>
    [
      [t[i], NaN],
      [NaN, t[i]],
      [NaN, NaN],
    ][upTo(random, 3)],
  "ending before they start": (t, i) => [t[t.length - 1 - i], t[i]],
} satisfies Record<string, (times: number[], i: number, random: Random) => number[]>;

type Shapes<T> = { [K in keyof T]: K }[keyof T];

/** A corner: what is made of it is always the same. */
export interface Corner {
  readonly shape: Shapes<typeof timeShapes>;
  readonly layout: Shapes<typeof layouts>;
  readonly calls: Shapes<typeof callShapes> | "all sorts" | "most sorts";
  readonly size: number;
  readonly seed: number;
}

const keys = <T extends object>(of: T) => fc.constantFrom(...(Object.keys(of) as Shapes<T>[]));

/** Corners: few values mostly, none and one among them; or as many as the limits in kernels, and one more or less. */
export function corner(size: fc.Arbitrary<number> = sizes): fc.Arbitrary<Corner> {
  return fc.record({
    shape: keys(timeShapes),
    layout: keys(layouts),
    calls: fc.constantFrom(...(Object.keys(callShapes) as Shapes<typeof callShapes>[]), "most sorts", "all sorts"),
    size,
    seed: fc.nat(),
  });
}

const around = (...limits: number[]) => fc.constantFrom(...limits.flatMap((limit) => [limit - 1, limit, limit + 1]));

/** Up to 130, around 16, 32, 48, 64 and 128. */
export const sizes = fc.oneof(
  { weight: 3, arbitrary: fc.nat(6) },
  { weight: 3, arbitrary: fc.nat(50) },
  { weight: 2, arbitrary: around(16, 32, 48, 64, 128) },
);

/** Few enough to compare every one with every other. */
export const fewSizes = fc.oneof(fc.nat(6), fc.nat(40), around(16, 32));

/** Beyond 2048 values in one bucket of `sort`, and beyond 1024 rows. */
export const manySizes = fc.oneof(around(1024, 2048, 4096), fc.integer({ min: 3000, max: 12_000 }));

/** The numbers of a corner. */
export function numbersOf({ shape, layout, size, seed }: Corner): Float64Array {
  return Float64Array.from(size === 0 ? [] : layouts[layout](timeShapes[shape](size, seeded(seed))));
}

/** The calls of a corner. */
export function callsOf({ shape, layout, calls, size, seed }: Corner): OracleCall[] {
  const random = seeded(seed);
  const times = size === 0 ? [] : timeShapes[shape](2 * size, random).sort((a, b) => a - b);
  const all = Object.keys(callShapes) as Shapes<typeof callShapes>[];
  const inOrder = Array.from({ length: size }, (_, i) => i);
  const rows = layout === "as they come" ? shuffled(inOrder, seed) : layouts[layout](inOrder);
  return rows.map((i) => {
    const sort = calls === "all sorts" ? all[upTo(random, 7)] : calls === "most sorts" ? all[upTo(random, 5)] : calls;
    const [start, end] = callShapes[sort](times, i, random);
    const prompt = upTo(random, 4) === 0 ? NaN : upTo(random, 500);
    const total = upTo(random, 4) === 0 ? NaN : upTo(random, 1000);
    return { start, end, prompt, total, uuid: upTo(random, 5) === 0 ? null : `u${upTo(random, size)}` };
  });
}

/** The bounds of calls. */
export const boundsOf = (calls: readonly OracleCall[]): { starts: Float64Array; ends: Float64Array } => ({
  starts: Float64Array.from(calls, (call) => call.start),
  ends: Float64Array.from(calls, (call) => call.end),
});

/** The same in another order. */
export function shuffled<T>(rows: readonly T[], seed: number): T[] {
  const random = seeded(seed);
  const out = [...rows];
  for (let i = out.length - 1; i > 0; i--) {
    const j = upTo(random, i + 1);
    [out[i], out[j]] = [out[j], out[i]];
  }
  return out;
}
