/** Cells that hold more bounds than this are searched by halves instead of one by one. */
const CROWDED = 16;

/** A uniform grid over sorted bounds. */
export interface Grid {
  readonly bounds: Float64Array;
  /** for each cell the last bound in it or in a cell before it; 0 where there is none */
  readonly lasts: Int32Array;
  readonly low: number;
  readonly scale: number;
}

/**
 * Lays a grid over bounds, for `lastAtOrBefore`. O(m).
 *
 * @param bounds m numbers ascending, without NaN, at least one
 * @param density cells to a bound: one for two is best for even bounds; more, where they crowd in a small part of the whole
 */
export function gridOver(bounds: Float64Array, density = 0.5): Grid {
  const m = bounds.length;
  const cells = Math.ceil(m * density) + 1;
  const low = bounds[0];
  const span = (cells - 1) / (bounds[m - 1] - low);
  // a span that overflows, or is too small to divide by, is one cell
  const scale = span > 0 && span < Infinity ? span : 0;
  const lasts = new Int32Array(cells);
  // two at a time, both cells before both are written: the processor then works on both at once, in half of the time
  for (let i = 1; i < m; i += 2) {
    const cell = cellOf(bounds[i - 1], low, scale);
    const next = cellOf(bounds[i], low, scale);
    lasts[cell] = i - 1;
    lasts[next] = i;
  }
  lasts[cellOf(bounds[m - 1], low, scale)] = m - 1;
  for (let c = 1; c < cells; c++) lasts[c] = Math.max(lasts[c - 1], lasts[c]);
  return { bounds, lasts, low, scale };
}

/** The cell of a value from the first bound to the last; it never lies left of a lower value's. */
function cellOf(value: number, low: number, scale: number): number {
  return scale === 0 ? 0 : ((value - low) * scale) | 0;
}

/** The position of the last bound at or below a value, −1 where there is none, or for NaN. Expected O(1), O(log m) where bounds crowd. */
export function lastAtOrBefore({ bounds, lasts, low, scale }: Grid, value: number): number {
  if (!(value >= low)) return -1;
  const top = bounds.length - 1;
  if (value >= bounds[top]) return top;
  const cell = cellOf(value, low, scale);
  let last = lasts[cell];
  // a crowded cell: halve until a short walk is left
  let first = cell === 0 ? 0 : lasts[cell - 1];
  while (last - first > CROWDED) {
    const middle = (first + last) >>> 1;
    if (bounds[middle] <= value) first = middle;
    else last = middle;
  }
  // three steps without a branch, which nobody could foresee, are nearly always enough
  if (last >= 3)
    last -= Number(bounds[last] > value) + Number(bounds[last - 1] > value) + Number(bounds[last - 2] > value);
  while (bounds[last] > value) last--;
  return last;
}

/**
 * `lastAtOrBefore` of two values at once, where the grid alone tells that no bound lies between them or in their cells; −1 where it does not
 * tell. Where little happens no bound need be looked at. O(1).
 */
export function lastBeforeBoth({ bounds, lasts, low, scale }: Grid, value: number, higher: number): number {
  if (!(value > low && higher >= value && higher < bounds[bounds.length - 1])) return -1;
  const cell = cellOf(value, low, scale);
  if (cell === 0) return -1;
  const last = lasts[cell - 1];
  return last === lasts[cellOf(higher, low, scale)] ? last : -1;
}
