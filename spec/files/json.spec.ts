import { expect } from "chai";
import fc from "fast-check";
import { parseJson } from "../../lib/files/json.js";

const failure = (text: string): string => {
  try {
    parseJson(text, "t.json");
  } catch (error) {
    return (error as Error).message;
  }
  return "no error";
};

describe("parseJson(text)", () => {
  it("reads bare NaN as null and bare Infinity as a number, but not inside strings", () => {
    expect(
      parseJson('{"a": NaN, "b": [-Infinity, Infinity], "c NaN": "NaN \\" Infinity \\\\", "d":NaN}', "t"),
    ).to.deep.equal({
      a: null,
      b: [-Infinity, Infinity],
      "c NaN": 'NaN " Infinity \\',
      d: null,
    });
  });

  it("says what is wrong: empty, cut off, or not JSON in which line", () => {
    expect(failure(" \n")).to.match(/^t\.json: the file is empty/);
    expect(failure('[{"a": 1},')).to.match(/breaks off before its end/);
    expect(failure('[{"a": "x')).to.match(/breaks off before its end/);
    expect(failure('[NaN, {"a": 1')).to.match(/breaks off before its end/);
    expect(failure("[1,\n2,\n!]")).to.match(
      /^t\.json: this is not JSON: Unexpected token '!'.*Mend the file, or write it anew\.$/,
    );
    expect(failure('[\n{"a": 1},\n{"b" 2}]')).to.match(/this is not JSON: .*\(line 3\)/);
  });

  it("reads any document with NaN put where null stands", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const text = JSON.stringify({ nan: null, value });
        const withNaN = text.replace('{"nan":null', '{"nan":NaN');
        expect(parseJson(withNaN, "t")).to.deep.equal(JSON.parse(text));
      }),
      { numRuns: 1000 },
    );
  });
});
