import { expect } from "chai";
import { pairByStack } from "../../lib/kernels/pair-by-stack.js";
import { Fate, Phase } from "../../lib/kernels/pairing.js";

/** Pairs events that are in order already, written as "+a" and "-a"; the example, where it is not 0, comes first, as in "1+a". */
const paired = (...events: string[]) => {
  const n = events.length;
  const ids = [...new Set(events.map((event) => event.slice(-1)))];
  const pairing = pairByStack({
    order: Int32Array.from(events.keys()),
    examples: Int32Array.from(events, (event) => (event.length > 2 ? Number(event[0]) : 0)),
    times: Float64Array.from(events.keys()),
    phases: Uint8Array.from(events, (event) =>
      event.includes("+") ? Phase.start : event.includes("-") ? Phase.end : Phase.other,
    ),
    kinds: new Int32Array(n),
    keys: Int32Array.from(events, (event) => ids.indexOf(event.slice(-1))),
    ids: ids.length,
    startTimes: new Float64Array(n).fill(NaN),
  });
  const names = Object.keys(Fate);
  return {
    calls: Array.from(pairing.starts, (start, i) => [start, pairing.ends[i], pairing.parents[i]]),
    ranks: [...pairing.ranks],
    fates: Array.from(pairing.fates, (fate) => names[fate]),
  };
};

describe("pairByStack(events)", () => {
  it("puts a START below the call on top; rows are START, END, parent", () => {
    expect(paired("+a", "+b", "-b", "-a", "+c", "-c").calls).to.deep.equal([
      [0, 3, -1],
      [1, 2, 0],
      [4, 5, -1],
    ]);
  });
  it("takes an END off the stack only from the top: interleaved, a stays for good", () => {
    expect(paired("+a", "+b", "-a", "-b", "+c", "-c").calls).to.deep.equal([
      [0, 2, -1],
      [1, 3, 0],
      [4, 5, 0],
    ]);
  });
  it("leaves a call without an END on the stack", () => {
    const { calls, fates } = paired("+a", "+b", "-b");
    expect(calls).to.deep.equal([
      [0, -1, -1],
      [1, 2, 0],
    ]);
    expect(fates).to.deep.equal(["unfinished", "paired", "paired"]);
  });
  it("ignores an END without START, and what is neither", () => {
    expect(paired("-a", "*b", "+a", "-a", "-a")).to.deep.include({
      calls: [[2, 3, -1]],
      fates: ["orphaned", "ignored", "paired", "paired", "orphaned"],
    });
  });
  it("lets a root replace an earlier one of its id, with all below it, and keep its place", () => {
    expect(paired("+a", "+x", "-x", "-a", "+b", "-b", "+a", "-a")).to.deep.equal({
      calls: [
        [4, 5, -1],
        [6, 7, -1],
      ],
      ranks: [2, 0], // the second a comes where the first was, before b
      fates: ["replaced", "replaced", "replaced", "replaced", "paired", "paired", "paired", "paired"],
    });
  });
  it("replaces no call that is not a root", () => {
    expect(paired("+r", "+a", "-a", "+a", "-a", "-r").calls.length).to.equal(3);
  });
  it("closes the latest START of an id", () => {
    expect(paired("+r", "+a", "+a", "-a").calls).to.deep.equal([
      [0, -1, -1],
      [1, -1, 0],
      [2, 3, 1],
    ]);
  });
  it("begins anew with each example", () => {
    expect(paired("+a", "1+a", "1-a", "1+b").calls).to.deep.equal([
      [0, -1, -1],
      [1, 2, -1],
      [3, -1, -1],
    ]);
  });
});
