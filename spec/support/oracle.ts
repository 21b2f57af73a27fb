// Slow and obviously right: counts active calls at each instant directly, and reads the definitions word by word.

export interface OracleCall {
  readonly start: number;
  readonly end: number;
  readonly prompt: number;
  readonly total: number;
  readonly uuid: string | null;
}

export interface OracleSegment {
  readonly start: number;
  readonly end: number;
  readonly concurrency: number;
}

const isPlaced = (call: OracleCall): boolean => call.start <= call.end;

/** How many calls are in flight at an instant. */
export const inFlight = (calls: readonly OracleCall[], t: number): number =>
  calls.filter((call) => isPlaced(call) && call.start <= t && t < call.end).length;

export function segments(calls: readonly OracleCall[], coalesce: boolean): OracleSegment[] {
  const times = new Set<number>();
  for (const call of calls.filter(isPlaced)) {
    times.add(call.start + 0);
    times.add(call.end + 0); // −0 and 0 are one instant
  }
  const breakpoints = [...times].sort((a, b) => a - b);
  const all = breakpoints.slice(1).map((end, i) => ({
    start: breakpoints[i],
    end,
    concurrency: inFlight(calls, breakpoints[i]),
  }));
  if (!coalesce) return all;
  const joined: OracleSegment[] = [];
  for (const segment of all) {
    const last = joined.at(-1);
    if (last && last.concurrency === segment.concurrency) joined[joined.length - 1] = { ...last, end: segment.end };
    else joined.push(segment);
  }
  return joined;
}

/** The same segments of more calls than can be compared with every instant: the change at each time, and their running sum. */
export function segmentsBySteps(calls: readonly OracleCall[], coalesce: boolean): OracleSegment[] {
  const changes = new Map<number, number>(); // 0 and -0 are one key
  for (const { start, end } of calls.filter(isPlaced)) {
    changes.set(start, (changes.get(start) ?? 0) + 1);
    changes.set(end, (changes.get(end) ?? 0) - 1);
  }
  const times = [...changes.keys()].sort((a, b) => a - b);
  let level = 0;
  const levels = times.map((time) => (level += changes.get(time) as number));
  const kept = times
    .map((_, k) => k)
    .filter((k) => {
      return !coalesce || k === 0 || k === times.length - 1 || levels[k] !== levels[k - 1];
    });
  return kept.slice(1).map((to, k) => ({ start: times[kept[k]], end: times[to], concurrency: levels[kept[k]] }));
}

/** Time at each level, in the order of first appearance. */
export function distribution(segments: readonly OracleSegment[]): Map<number, number> {
  const totals = new Map<number, number>();
  for (const { start, end, concurrency } of segments)
    totals.set(concurrency, (totals.get(concurrency) ?? 0) + (end - start));
  return totals;
}

export function percentile(totals: ReadonlyMap<number, number>, p: number): number {
  let total = 0;
  for (const time of totals.values()) total += time;
  if (total <= 0) return 0;
  const levels = [...totals.keys()].sort((a, b) => a - b);
  let running = 0;
  for (const level of levels) {
    running += totals.get(level) as number;
    if (running >= p * 0.01 * total) return level;
  }
  return levels[levels.length - 1];
}

/** Active in `[start, end)`: not (call.end ≤ start or call.start ≥ end); a call that ends before it starts never is. */
export const isActive = (call: OracleCall, start: number, end: number): boolean =>
  !(call.end <= start || call.start >= end) && !(call.end < call.start);

export const activeCalls = (calls: readonly OracleCall[], spike: OracleSegment): OracleCall[] =>
  calls.filter((call) => isActive(call, spike.start, spike.end));

/** Mean over all (spike, active call) pairs with more than 0 tokens. */
export function tokensInSpikes(
  spikes: readonly OracleSegment[],
  calls: readonly OracleCall[],
  of: "prompt" | "total",
): { mean: number; pairs: number } {
  const pairs = spikes.flatMap((spike) => activeCalls(calls, spike)).filter((call) => call[of] > 0);
  const sum = pairs.reduce((total, call) => total + call[of], 0);
  return { mean: pairs.length > 0 ? sum / pairs.length : 0, pairs: pairs.length };
}

export function midpointLevel(call: OracleCall, segments: readonly OracleSegment[]): number {
  if (!(call.start < call.end)) return 0;
  const middle = 0.5 * (call.start + call.end);
  return segments.find(({ start, end }) => start <= middle && middle < end)?.concurrency ?? 0;
}

/** Calls and mean latency by level at the midpoint. */
export function latency(
  calls: readonly OracleCall[],
  segments: readonly OracleSegment[],
): Map<number, { calls: number; mean: number }> {
  const groups = new Map<number, number[]>();
  for (const call of calls) {
    const duration = Math.max(0, call.end - call.start) || 0;
    const level = midpointLevel(call, segments);
    groups.set(level, [...(groups.get(level) ?? []), duration]);
  }
  return new Map(
    [...groups].map(([level, durations]) => [
      level,
      { calls: durations.length, mean: durations.reduce((a, b) => a + b, 0) / durations.length },
    ]),
  );
}

export interface OracleEvent {
  readonly example: number;
  readonly type: string;
  readonly time: number;
  readonly uuid: string | null;
  readonly name: string | null;
}

interface Node {
  readonly event: OracleEvent;
  end: number;
  closed: boolean;
  readonly children: Node[];
}

/** The reference's reading of events: a stack for each example, roots in a dictionary by id. */
export function natCalls(
  events: readonly OracleEvent[],
): { uuid: string; start: number; end: number; depth: number; kind: string }[] {
  const flat: { uuid: string; start: number; end: number; depth: number; kind: string }[] = [];
  const examples = [...new Set(events.map((event) => event.example))].sort((a, b) => a - b);
  for (const example of examples) {
    const own = events.map((event, i) => ({ event, i })).filter(({ event }) => event.example === example);
    own.sort((a, b) => {
      const [x, y] = [a.event.time, b.event.time];
      if (Number.isNaN(x) || Number.isNaN(y)) return Number(Number.isNaN(x)) - Number(Number.isNaN(y)) || a.i - b.i;
      return x - y || a.i - b.i;
    });
    const stack: { id: string; node: Node }[] = [];
    const open = new Map<string, Node>();
    const roots = new Map<string, Node>();
    for (const { event } of own) {
      const id = event.uuid ?? "None";
      if (/^(LLM|TOOL)_START$/.test(event.type)) {
        const node: Node = { event, end: event.time, closed: false, children: [] };
        const top = stack.at(-1);
        if (top) top.node.children.push(node);
        else roots.set(id, node);
        stack.push({ id, node });
        open.set(id, node);
      } else if (/^(LLM|TOOL)_END$/.test(event.type)) {
        const node = open.get(id);
        if (!node) continue;
        node.end = event.time;
        if (stack.at(-1)?.id === id) stack.pop();
        open.delete(id);
      }
    }
    const walk = (node: Node, depth: number) => {
      flat.push({
        uuid: node.event.uuid ?? "None",
        start: node.event.time,
        end: node.end,
        depth,
        kind: node.event.type.split("_")[0],
      });
      for (const child of node.children) walk(child, depth + 1);
    };
    for (const root of roots.values()) walk(root, 0);
  }
  return flat;
}

/** The parent of each interval: of those that hold it, the one that starts last (then ends first); equal ones share a parent. */
export function containment(intervals: readonly { example: number; start: number; end: number }[]): number[] {
  return intervals.map((b) => {
    let best = -1;
    intervals.forEach((a, i) => {
      const holds =
        a.example === b.example &&
        a.start <= b.start &&
        b.end <= a.end &&
        b.start < a.end &&
        !(a.start === b.start && a.end === b.end);
      if (!holds) return;
      const now = best < 0 ? undefined : intervals[best];
      if (!now || a.start > now.start || (a.start === now.start && a.end < now.end)) best = i;
    });
    return best;
  });
}
