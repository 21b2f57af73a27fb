import { expect } from "chai";
import { valueAt } from "../../lib/formats/value-at.js";

describe("valueAt(record, path)", () => {
  it("finds a value however much of the path is one key", () => {
    for (const record of [{ "a.b.c": 1 }, { a: { b: { c: 1 } } }, { "a.b": { c: 1 } }, { a: { "b.c": 1 } }])
      expect(valueAt(record, "a.b.c")).to.equal(1);
    expect(valueAt({ a: { x: 1 }, "a.b": { c: 1 } }, "a.b.c")).to.equal(1);
  });

  it("finds nothing where there is nothing or null, and nothing that is inherited", () => {
    expect(valueAt({ a: null, "a.b": null }, "a.b")).to.equal(undefined);
    expect(valueAt({ a: [1], b: "text" }, "a.length")).to.equal(undefined);
    expect(valueAt({ a: {} }, "a.constructor")).to.equal(undefined);
    expect(valueAt({}, "__proto__.constructor")).to.equal(undefined);
  });
});
