import { Calls, type EventColumns, Fate, type Pairing, Phase } from "./pairing.js";

/**
 * Pairs events by id within an example: the first END of an id closes its first START that is still open.
 *
 * At one instant STARTs come before ENDs, so an END that stands first in the file still pairs. A call that merely repeats another of its
 * id (same kind and times, or no END) is dropped, and so is an END that repeats the last. An END without a START that carries its
 * start time is a call of its own. An END that comes before the only START of its id makes a negative duration: neither is used.
 * Events without an id pair with the like of them, and two of those are two calls. Events without a time are not used. O(n).
 */
export function pairByKey(events: EventColumns): Pairing {
  const { order, examples, times, phases, kinds, keys, ids, startTimes } = events;
  const calls = new Calls();
  const fates = new Uint8Array(order.length);

  let keyCount = 0;
  for (const key of keys) if (key >= keyCount) keyCount = key + 1;
  const first = new Int32Array(keyCount).fill(-1); // the first open call of each id
  const latest = new Int32Array(keyCount).fill(-1); // the last call of each id
  const ended = new Int32Array(keyCount).fill(-1); // the last END of each id that closed a call
  const orphan = new Int32Array(keyCount).fill(-1); // the last END of each id that closed none
  const next: number[] = []; // the next open call of the same id
  const twins: number[] = []; // the call before it that started alike, −1 where there is none
  const dropped: number[] = [];

  const alike = (a: number, b: number) => times[a] === times[b] && kinds[a] === kinds[b] && phases[a] === phases[b];

  const start = (event: number) => {
    const key = keys[event];
    const previous = latest[key];
    const call = calls.open(event, -1, -1, calls.starts.length);
    next.push(-1);
    const known = previous >= 0 && key < ids;
    twins.push(known && alike(calls.starts[previous], event) ? previous : -1);
    fates[event] = known ? Fate.reused : Fate.paired;
    if (first[key] < 0) first[key] = call;
    else next[previous] = call;
    latest[key] = call;
  };

  const end = (event: number) => {
    const key = keys[event];
    const call = first[key];
    if (call >= 0) {
      calls.ends[call] = event;
      first[key] = next[call];
      fates[event] = kinds[event] === kinds[calls.starts[call]] ? Fate.paired : Fate.mismatched;
      ended[key] = event;
    } else if (key < ids && ended[key] >= 0 && alike(ended[key], event)) {
      fates[event] = Fate.repeated;
    } else if (startTimes[event] <= times[event]) {
      fates[event] = Fate.recovered;
      latest[key] = calls.open(event, event, -1, calls.starts.length);
      next.push(-1);
      twins.push(-1);
      ended[key] = event;
    } else {
      fates[event] = Fate.orphaned;
      orphan[key] = event;
    }
  };

  // settle the calls of an example that are still open, and forget its ids
  let opened = 0;
  let seen = 0;
  const leave = (to: number) => {
    for (; opened < calls.starts.length; opened++) {
      const event = calls.starts[opened];
      const end = calls.ends[opened];
      const early = keys[event] < ids ? orphan[keys[event]] : -1;
      const twin = twins[opened];
      if (twin >= 0 && (end < 0 || (calls.ends[twin] >= 0 && alike(calls.ends[twin], end)))) {
        fates[event] = Fate.repeated;
        if (end >= 0) fates[end] = Fate.repeated;
        dropped.push(opened);
      } else if (end < 0 && early >= 0) {
        fates[event] = fates[early] = Fate.negative;
        orphan[keys[event]] = -1;
        dropped.push(opened);
      } else if (end < 0) fates[event] = Fate.unfinished;
    }
    for (; seen < to; seen++) {
      const key = keys[order[seen]];
      first[key] = latest[key] = ended[key] = orphan[key] = -1;
    }
  };

  for (let k = 0; k < order.length;) {
    if (k > 0 && examples[order[k]] !== examples[order[k - 1]]) leave(k);
    const time = times[order[k]];
    if (!Number.isFinite(time)) {
      fates[order[k++]] = Fate.timeless;
      continue;
    }
    let to = k + 1;
    while (to < order.length && times[order[to]] === time && examples[order[to]] === examples[order[k]]) to++;
    for (let j = k; j < to; j++) if (phases[order[j]] === Phase.start) start(order[j]);
    for (let j = k; j < to; j++) if (phases[order[j]] === Phase.end) end(order[j]);
    k = to;
  }
  leave(order.length);
  return keep(dropped, calls, fates);
}

function keep(dropped: readonly number[], calls: Calls, fates: Uint8Array): Pairing {
  const gone = new Set(dropped);
  const kept = Int32Array.from(calls.starts.keys()).filter((call) => !gone.has(call));
  return {
    starts: kept.map((call) => calls.starts[call]),
    ends: kept.map((call) => calls.ends[call]),
    parents: new Int32Array(kept.length).fill(-1),
    ranks: Int32Array.from(kept.keys()),
    fates,
  };
}
