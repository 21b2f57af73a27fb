/**
 * A lane for each interval, so that they can be drawn: within a group those that overlap have different lanes, except that one within its
 * parent has the parent's lane where nothing else is in its way. Lanes count from 0 in each group, the lowest free one is taken. Intervals
 * that are not in the order get −1. O(intervals · lanes).
 *
 * @param order positions by group, start ascending, end descending
 * @param parents the position of the parent, −1 for none
 * @param ends half-open; Infinity where it never ended
 */
export function lanes(
  order: Int32Array,
  groups: Int32Array,
  parents: Int32Array,
  starts: Float64Array,
  ends: Float64Array,
): Int32Array {
  const lanes = new Int32Array(groups.length).fill(-1);
  let open: number[][] = []; // in each lane, what is in flight: each within the one before

  for (let k = 0; k < order.length; k++) {
    const i = order[k];
    if (k > 0 && groups[i] !== groups[order[k - 1]]) open = [];
    const inFlight = (lane: number): number[] => {
      const held = open[lane];
      while (held.length > 0 && ends[held[held.length - 1]] <= starts[i]) held.pop();
      return held;
    };

    const parent = parents[i];
    let lane = parent >= 0 && groups[parent] === groups[i] ? lanes[parent] : -1;
    if (lane >= 0 && (inFlight(lane).at(-1) !== parent || ends[i] > ends[parent])) lane = -1;
    if (lane < 0) lane = open.findIndex((_, other) => inFlight(other).length === 0);
    if (lane < 0) lane = open.push([]) - 1;
    open[lane].push(i);
    lanes[i] = lane;
  }
  return lanes;
}
