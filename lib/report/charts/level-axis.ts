/** The axis for how many calls are in flight, from 0 to the peak or the threshold, of the field `concurrency`. */
export function levelAxis(peak: number, threshold: number | undefined, height: number) {
  const ticks = Math.max(2, Math.round(height / 50));
  return {
    field: "concurrency",
    type: "quantitative",
    title: "calls in flight",
    scale: { domain: [0, Math.max(peak, threshold ?? 0, 1)], nice: ticks },
    axis: { tickMinStep: 1, tickCount: ticks, format: ",d" },
  };
}
