import { count } from "../format.js";

/** The height of a row of labels, in pixels. */
const ROW = 14;
/** The width of a character, generously. */
const CHARACTER = 7;

/** A label above the plot. */
export interface Marker {
  readonly concurrency: number;
  readonly label: string;
  /** pixels below the top of the plot, so negative */
  readonly top: number;
}

/**
 * Labels for percentiles, those of one level together. Each begins at its level, above as many others as its text would reach over, so that
 * no label is written over another, nor over the line that leads to another.
 *
 * @param percentiles ascending
 * @param levels of each, ascending
 * @param at where a level stands, in pixels
 */
export function placeMarkers(percentiles: Float64Array, levels: Int32Array, at: (level: number) => number): Marker[] {
  const names = new Map<number, string[]>();
  levels.forEach((level, i) => names.set(level, [...(names.get(level) ?? []), `p${percentiles[i]}`]));

  const placed: { readonly left: number; readonly row: number }[] = [];
  const fromRight = Array.from(names).reverse();
  return fromRight
    .map(([concurrency, shared]) => {
      const label = `${shared.join(", ")}: ${count(concurrency)}`;
      const left = at(concurrency);
      const right = left + label.length * CHARACTER;
      const row = placed.reduce((row, other) => (other.left < right ? Math.max(row, other.row + 1) : row), 0);
      placed.push({ left, row });
      return { concurrency, label, top: -4 - ROW * row };
    })
    .reverse();
}
