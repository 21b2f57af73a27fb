import { Calls, type EventColumns, Fate, type Pairing, Phase } from "./pairing.js";

/**
 * Pairs events as the reference does. A START goes below the call on top of its example's stack; an END closes the open call of its id,
 * whatever its kind, and takes the top off the stack only if that has the same id. A root replaces an earlier root of the same id
 * in the same example, which is lost with all below it. Events without a time come last. O(n).
 */
export function pairByStack(events: EventColumns): Pairing {
  const { order, examples, phases, keys } = events;
  const calls = new Calls();
  const fates = new Uint8Array(order.length);

  let keyCount = 0;
  for (const key of keys) if (key >= keyCount) keyCount = key + 1;
  const open = new Int32Array(keyCount).fill(-1); // the open call of each id
  const root = new Int32Array(keyCount).fill(-1); // the root of each id
  const stack: number[] = [];
  const lost: number[] = [];
  let seen = 0; // first position of this example in the order

  const leave = (to: number) => {
    for (let k = seen; k < to; k++) open[keys[order[k]]] = root[keys[order[k]]] = -1;
    stack.length = 0;
    seen = to;
  };

  for (let k = 0; k < order.length; k++) {
    const event = order[k];
    if (k > 0 && examples[event] !== examples[order[k - 1]]) leave(k);
    const key = keys[event];
    if (phases[event] === Phase.start) {
      const parent = stack.length > 0 ? stack[stack.length - 1] : -1;
      const call = calls.open(event, -1, parent, calls.starts.length);
      if (parent < 0) {
        const earlier = root[key];
        if (earlier >= 0) {
          calls.ranks[call] = calls.ranks[earlier];
          lost.push(earlier);
        }
        root[key] = call;
      }
      stack.push(call);
      open[key] = call;
      fates[event] = Fate.unfinished;
    } else if (phases[event] === Phase.end) {
      const call = open[key];
      if (call < 0) {
        fates[event] = Fate.orphaned;
        continue;
      }
      calls.ends[call] = event;
      fates[event] = fates[calls.starts[call]] = Fate.paired;
      if (stack.length > 0 && keys[calls.starts[stack[stack.length - 1]]] === key) stack.pop();
      open[key] = -1;
    }
  }
  return without(lost, calls, fates);
}

/** The pairing without the lost roots and what is below them. Parents open before their children. */
function without(lost: readonly number[], calls: Calls, fates: Uint8Array): Pairing {
  const n = calls.starts.length;
  const gone = new Uint8Array(n);
  for (const call of lost) gone[call] = 1;
  const position = new Int32Array(n);
  const kept = new Calls();
  for (let i = 0; i < n; i++) {
    const parent = calls.parents[i];
    if (gone[i] === 1 || (parent >= 0 && gone[parent] === 1)) {
      gone[i] = 1;
      fates[calls.starts[i]] = Fate.replaced;
      if (calls.ends[i] >= 0) fates[calls.ends[i]] = Fate.replaced;
    } else {
      position[i] = kept.open(calls.starts[i], calls.ends[i], parent < 0 ? -1 : position[parent], calls.ranks[i]);
    }
  }
  return {
    starts: Int32Array.from(kept.starts),
    ends: Int32Array.from(kept.ends),
    parents: Int32Array.from(kept.parents),
    ranks: Int32Array.from(kept.ranks),
    fates,
  };
}
