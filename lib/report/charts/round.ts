/** Rounds to a step that is a power of ten no greater than `grain`: what is lost is less than the grain. */
export function roundTo(grain: number): (value: number) => number {
  const decimals = Math.ceil(-Math.log10(grain));
  if (!(decimals <= 15)) return (value) => value;
  const factor = 10 ** Math.max(0, decimals);
  return (value) => Math.round(value * factor) / factor;
}
