import { expect } from "chai";
import { lookOf } from "../../lib/cli/look.js";

const stream = (isTTY: boolean, columns?: number) => ({ isTTY, columns: columns as number, hasColors: () => true });

describe("lookOf(stream, env)", () => {
  const cases: [title: string, isTTY: boolean, env: Record<string, string>, colour: boolean][] = [
    ["in colour on a terminal", true, {}, true],
    ["plain elsewhere", false, {}, false],
    ["plain under NO_COLOR", true, { NO_COLOR: "1" }, false],
    ["in colour where NO_COLOR is empty", true, { NO_COLOR: "" }, true],
    ["in colour where FORCE_COLOR says so", false, { FORCE_COLOR: "1" }, true],
    ["plain where FORCE_COLOR is 0", true, { FORCE_COLOR: "0" }, false],
    ["plain where both are set", true, { NO_COLOR: "1", FORCE_COLOR: "1" }, false],
  ];
  for (const [title, isTTY, env, colour] of cases)
    it(title, () => {
      expect(lookOf(stream(isTTY, 100), env).colour).to.equal(colour);
    });
  it("plain on a terminal that has no colours", () => {
    expect(lookOf({ isTTY: true, columns: 80, hasColors: () => false }, {}).colour).to.equal(false);
  });
  it("is as wide as the terminal, and 80 on wider ones and where that is not known", () => {
    expect([40, 80, 200, 0, undefined].map((columns) => lookOf(stream(true, columns), {}).width)).to.deep.equal([
      40, 80, 80, 80, 80,
    ]);
  });
});
