import { expect } from "chai";
import fc from "fast-check";
import { decimal } from "../../lib/kernels/decimal.js";

/** The number in a text that stands between digits, which are not to be read. */
const read = (text: string): number => {
  const bytes = new TextEncoder().encode(`7${text}7`);
  return decimal(bytes, 1, bytes.length - 1);
};
const isPlain = (text: string) => /^-?(\d+\.?\d*|\.\d+)$/.test(text);

/** Plain numbers of up to 18 digits, with zeros before them, below 2^53 without the point: they are read; longer ones may be. */
const isShort = (text: string) => {
  const digits = text.replace(/[-.]/g, "");
  return digits.length <= 18 && BigInt(digits) < 2n ** 53n;
};
/** Exactly what `Number` makes of a plain number, or NaN where it is too long; NaN for all else. */
const agrees = (text: string) => {
  const found = read(text);
  const expected = isPlain(text) && (isShort(text) || !Number.isNaN(found)) ? Number(text) : NaN;
  if (!Object.is(found, expected)) expect.fail(`${text} is read as ${found}`);
};
const property = <T>(arbitrary: fc.Arbitrary<T>, textOf: (of: T) => string, numRuns = 2000) => {
  fc.assert(
    fc.property(arbitrary, (of) => {
      agrees(textOf(of));
    }),
    { numRuns },
  );
};

describe("decimal(bytes, from, to)", () => {
  it("reads plain numbers, with a point at either end, with a minus, with zeros before them", () => {
    expect(["0", "12", "-3.5", ".5", "5.", "-.5", "007", "0.1", "1700000000.123456"].map(read)).to.deep.equal([
      0, 12, -3.5, 0.5, 5, -0.5, 7, 0.1, 1700000000.123456,
    ]);
    expect(Object.is(read("-0"), -0)).to.equal(true);
  });
  it("does not read what is no number, or written in another way", () => {
    const others = [
      "",
      "-",
      ".",
      "-.",
      "--1",
      "1-",
      "1.2.3",
      "..",
      " 1",
      "1 ",
      "+1",
      "1e5",
      "0x1",
      "1_0",
      "1,5",
      "NaN",
    ];
    for (const text of [...others, "Infinity", "１", "/", ":", "1/", "1:", "\u00b2"])
      expect(read(text), text).to.deep.equal(NaN);
  });
  it("reads digits up to 2^53, and leaves longer ones to `Number`", () => {
    for (const text of ["9007199254740991", "-9007199254740991", "90071992547409.91", ".9007199254740991"])
      expect(read(text)).to.equal(Number(text));
    for (const text of ["9007199254740993", "9007199254740992.5", "1".repeat(30)]) agrees(text);
    expect(read(`${"0".repeat(30)}12.50`)).to.equal(12.5);
    expect(read("0.0000000000000000000001")).to.equal(1e-22);
  });

  const digits = fc.stringMatching(/^\d{0,20}$/);
  const sign = fc.constantFrom("", "-");
  it("agrees with `Number` on digits with a point anywhere", () => {
    property(fc.tuple(sign, digits, fc.constantFrom("", "."), digits), (parts) => parts.join(""), 5000);
  });
  it("agrees with `Number` on zeros before, within and behind", () => {
    const zeros = fc.nat(24).map((n) => "0".repeat(n));
    const few = fc.stringMatching(/^\d{0,9}$/);
    property(fc.tuple(sign, zeros, few, zeros, fc.constantFrom("", "."), zeros, few, zeros), (parts) => parts.join(""));
  });
  it("agrees with `Number` near 2^53, with a point anywhere", () => {
    const near = fc.bigInt({ min: 2n ** 53n - 20n, max: 2n ** 53n + 20n });
    property(fc.tuple(sign, near, fc.nat(17)), ([minus, number, place]) => {
      const text = String(number);
      return `${minus}${text.slice(0, place)}${place < 17 ? "." : ""}${text.slice(place)}`;
    });
  });
  it("agrees with `Number` on what numbers look like when printed", () => {
    property(fc.double(), String);
    property(fc.double({ min: 1e9, max: 2e9, noNaN: true }), String);
    property(fc.tuple(fc.double({ min: -1e6, max: 1e6, noNaN: true }), fc.nat(20)), ([v, places]) => v.toFixed(places));
  });
  it("reads no text that is not plain", () => {
    property(fc.string({ maxLength: 4 }), String);
    property(
      fc.array(fc.constantFrom("1", "0", ".", "-", "+", "e", "E", " ", "x", "_", "\0"), { maxLength: 6 }),
      (parts) => parts.join(""),
    );
  });
});
