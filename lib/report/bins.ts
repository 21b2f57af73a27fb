import { count } from "./format.js";

/** Up to this many levels are shown one by one. */
const FEW = 14;

/** A range of levels that a report shows as one. */
export interface Bin {
  readonly label: string;
  /** positions of the levels */
  readonly rows: readonly number[];
}

/** Groups ascending levels for reading: one by one if they are few, else 0, 1, 2, 3–4, 5–8, … (doubling) up to the highest. */
export function binLevels(levels: ArrayLike<number>): Bin[] {
  const single = levels.length <= FEW;
  const peak = levels.length > 0 ? levels[levels.length - 1] : 0;
  const bins = new Map<string, number[]>();
  for (let i = 0; i < levels.length; i++) {
    const level = levels[i];
    const top = single || level < 3 ? level : 2 ** Math.ceil(Math.log2(level));
    const from = single || level < 3 ? level : top / 2 + 1;
    const to = Math.min(top, peak);
    const label = from === to ? count(from) : `${count(from)}–${count(to)}`;
    const rows = bins.get(label);
    if (rows) rows.push(i);
    else bins.set(label, [i]);
  }
  return Array.from(bins, ([label, rows]) => ({ label, rows }));
}
