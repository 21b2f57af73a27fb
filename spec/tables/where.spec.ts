import { table } from "arquero";
import { expect } from "chai";
import { OptionError, whereEqual } from "../../lib/index.js";
import { columnsOf } from "../support/columns-of.js";

const calls = table({
  operation_type: ["LLM", "TOOL", "LLM"],
  operation_name: ["a", "a", null],
  depth: [0, 1, 1],
});

describe("whereEqual(calls, values)", () => {
  const kept = (values: Record<string, string>) => columnsOf(whereEqual(calls, values)).depth;
  it("keeps the rows that have all the values", () => {
    expect(columnsOf(whereEqual(calls, { operation_name: "a", operation_type: "LLM" }))).to.deep.equal({
      operation_type: ["LLM"],
      operation_name: ["a"],
      depth: [0],
    });
    expect(kept({})).to.deep.equal([0, 1, 1]);
    expect(kept({ operation_name: "b" })).to.deep.equal([]);
  });
  it("takes short names", () => {
    expect(kept({ model: "a", kind: "TOOL" })).to.deep.equal([1]);
  });
  it("compares numbers as texts", () => {
    expect(kept({ depth: "1" })).to.deep.equal([1, 1]);
  });
  it("names the columns that there are", () => {
    expect(() => kept({ team: "x" })).to.throw(
      OptionError,
      "`where` names the column team, but there are only operation_type, operation_name, depth.",
    );
    expect(() => kept({ id: "x" })).to.throw(OptionError, "names the column id");
  });
});
