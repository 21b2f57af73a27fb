/**
 * The borders of `bins` equal stretches of time, the first and the last exactly those given.
 *
 * @returns `bins` + 1 times; none where the whole lasts no time, or forever
 */
export function binBorders(first: number, last: number, bins: number): Float64Array {
  const span = last - first;
  if (!(span > 0 && span * bins < Infinity)) return new Float64Array(0);
  const borders = new Float64Array(bins + 1);
  for (let k = 0; k < bins; k++) borders[k] = first + (span * k) / bins;
  borders[bins] = last;
  return borders;
}
