import { table } from "arquero";
import { expect } from "chai";
import { printCallTree } from "../../lib/index.js";

describe("printCallTree(calls)", () => {
  it("has a line for each call, indented by its depth, below a line for each example; times are from its first start", () => {
    const calls = table({
      example_number: [0, 0, 1],
      example: ["0", "0", "q7"],
      operation_type: ["LLM", "TOOL", "LLM"],
      operation_name: ["m", null, "m"],
      depth: [0, 1, 0],
      start_time: [10, 11, 50],
      end_time: [14, 11.5, 51],
      duration: [4, 0.5, 1],
      total_tokens: [1234, NaN, 0],
      status: ["ok", "unfinished", "ok"],
    });
    expect(printCallTree(calls)).to.equal(
      [
        "example 0",
        "  LLM m  at 0 s for 4.00 s, 1,234 tokens",
        "    TOOL (unnamed)  at 1.00 s for 500 ms, never finished",
        "example 1 (q7)",
        "  LLM m  at 0 s for 1.00 s",
        "",
      ].join("\n"),
    );
  });
  const needed = { operation_type: ["LLM", "LLM"], example_number: [0, 0] };
  it("indents no further than 24 steps, and says the depth then", () => {
    const calls = table({ ...needed, depth: [24, 25], start_time: [0, 0], end_time: [1, 1] });
    const [, at, beyond] = printCallTree(calls).split("\n");
    expect(at).to.equal(`${" ".repeat(50)}LLM (unnamed)  at 0 s for 1.00 s`);
    expect(beyond).to.equal(`${" ".repeat(50)}(depth 25) LLM (unnamed)  at 0 s for 1.00 s`);
  });
  it("shows a missing time as a dash, and does not count from it", () => {
    const calls = table({ ...needed, depth: [0, 0], start_time: [NaN, 3], end_time: [1, 4] });
    expect(printCallTree(calls)).to.equal(
      "example 0\n  LLM (unnamed)  at – for –\n  LLM (unnamed)  at 0 s for 1.00 s\n",
    );
  });
  it("is empty for no calls", () => {
    expect(
      printCallTree(table({ example_number: [], operation_type: [], depth: [], start_time: [], end_time: [] })),
    ).to.equal("");
  });
});
