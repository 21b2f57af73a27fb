import { table } from "arquero";
import { expect } from "chai";
import { listActiveIds } from "../../lib/index.js";

const spikes = table({ start_time: [0, 4], end_time: [2, 6] });

describe("listActiveIds(spikes, calls)", () => {
  it("lists the distinct ids active in each spike, sorted", () => {
    const calls = table({ uuid: ["b", "a", "b", "c"], start_time: [0, 1, 1, 5], end_time: [9, 2, 2, 6] });
    expect([...listActiveIds(spikes, calls)]).to.deep.equal([
      ["a", "b"],
      ["b", "c"],
    ]);
  });
  it("sorts by code point: U+FB01 before U+1F642, capitals before small letters, a prefix first", () => {
    const uuid = ["\u{1f642}", "\ufb01", "ab", "a", "B"];
    const calls = table({ uuid, start_time: uuid.map(() => 0), end_time: uuid.map(() => 1) });
    expect([...listActiveIds(spikes, calls)][0]).to.deep.equal(["B", "a", "ab", "\ufb01", "\u{1f642}"]);
  });
  it("numbers the calls without an id", () => {
    const calls = table({ uuid: [null, "a", null], start_time: [0, 0, 0], end_time: [1, 1, 9] });
    expect([...listActiveIds(spikes, calls)]).to.deep.equal([["#0", "#2", "a"], ["#2"]]);
  });
  it("gives an empty list for a spike in which nothing is active, and none without spikes", () => {
    const none = table({ start_time: [], end_time: [] });
    expect([...listActiveIds(spikes, none)]).to.deep.equal([[], []]);
    expect([...listActiveIds(none, spikes)]).to.deep.equal([]);
  });
});
