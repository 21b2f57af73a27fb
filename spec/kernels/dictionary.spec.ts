import { expect } from "chai";
import fc from "fast-check";
import { Dictionary } from "../../lib/kernels/dictionary.js";

/** The code of a text that stands as UTF-8 between other bytes. */
const add = (dictionary: Dictionary, text: string): number => {
  const bytes = new TextEncoder().encode(`<${text}>`);
  return dictionary.add(new DataView(bytes.buffer), 1, bytes.length - 1);
};
const isUtf8 = (text: string): boolean => !/\p{Surrogate}/u.test(text);
/** Texts of all sorts; halves of surrogate pairs are texts too, though UTF-8 cannot hold them. */
const text = fc.oneof(
  fc.string({ maxLength: 3 }),
  fc.string({ unit: "binary", maxLength: 6 }),
  fc.constantFrom(
    "",
    "\0",
    "\0\0",
    "a",
    "\ufeff",
    "\ufeffa",
    "\ufffd",
    "\ud800",
    "\udc00",
    "\ud800a",
    "\udc00\ud800",
    "🙂",
  ),
  // of one length, and alike at both ends
  fc.stringMatching(/^a[xy]{4}b$/),
  fc.constantFrom("__proto__", "constructor", "日本", "é", "e\u0301", "12345678", "1234567", "1234568"),
);

describe("Dictionary", () => {
  it("gives texts codes in the order of appearance, and tells them back", () => {
    const dictionary = new Dictionary();
    expect(["b", "a", "b", "", "a"].map((t) => dictionary.addText(t))).to.deep.equal([0, 1, 0, 2, 1]);
    expect([0, 1, 2].map((code) => dictionary.text(code))).to.deep.equal(["b", "a", ""]);
    expect(dictionary.size).to.equal(3);
  });

  it("agrees with a Map of texts, whether they come as bytes or as texts", () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(text, fc.boolean()), { maxLength: 60, size: "max" }), (rows) => {
        const dictionary = new Dictionary();
        const codes = new Map<string, number>();
        for (const [t, asBytes] of rows) {
          const code = codes.get(t) ?? codes.size;
          codes.set(t, code);
          expect(asBytes && isUtf8(t) ? add(dictionary, t) : dictionary.addText(t), JSON.stringify(t)).to.equal(code);
          if (asBytes) expect(dictionary.text(code)).to.equal(t);
        }
        expect(dictionary.size).to.equal(codes.size);
        for (const [t, code] of codes) expect(dictionary.text(code)).to.equal(t);
      }),
      { numRuns: 1000 },
    );
  });

  it("finds the first of equal texts where it repeats them", () => {
    fc.assert(
      fc.property(fc.array(text, { maxLength: 60, size: "max" }), (texts) => {
        const dictionary = new Dictionary(true);
        expect(texts.map((t) => dictionary.addText(t))).to.deep.equal([...texts.keys()]);
        expect(Array.from(dictionary.firsts())).to.deep.equal(texts.map((t) => texts.indexOf(t)));
      }),
      { numRuns: 1000 },
    );
    const once = new Dictionary();
    for (const t of ["b", "a", "b"]) once.addText(t);
    expect(Array.from(once.firsts())).to.deep.equal([0, 1]);
  });

  it("keeps 100,000 texts apart, and finds each again as bytes and as text", () => {
    const dictionary = new Dictionary();
    const texts = Array.from({ length: 100_000 }, (_, i) =>
      i % 1000 === 7 ? `\udc00${i}` : `${i % 3 === 0 ? "é" : ""}${i}`,
    );
    texts.forEach((t, i) => {
      expect(i % 4 > 0 || !isUtf8(t) ? dictionary.addText(t) : add(dictionary, t)).to.equal(i);
    });
    expect(dictionary.size).to.equal(texts.length);
    texts.forEach((t, i) => {
      if (dictionary.text(i) !== t || dictionary.addText(t) !== i || (isUtf8(t) && add(dictionary, t) !== i))
        expect.fail(`${t} is not ${i}`);
    });
    expect(dictionary.size).to.equal(texts.length);
  });

  it("keeps 300,000 texts of one length apart, of which some are bound to share a hash of 32 bits", () => {
    const dictionary = new Dictionary();
    const bytes = new Uint8Array(8);
    const encoder = new TextEncoder();
    for (let i = 0; i < 300_000; i++) {
      const text = String(10_000_000 + 83 * i);
      encoder.encodeInto(text, bytes);
      if (dictionary.add(new DataView(bytes.buffer), 0, 8) !== i) expect.fail(`${text} is taken for another`);
    }
  });

  it("gives each of its bytes a code of its own where it repeats texts, and then unifies them", () => {
    const dictionary = new Dictionary(true);
    const codes = [add(dictionary, "a"), add(dictionary, ""), add(dictionary, "a"), dictionary.addText("\ud800")];
    expect(codes).to.deep.equal([0, 1, 2, 3]);
    expect(codes.map((code) => dictionary.text(code))).to.deep.equal(["a", "", "a", "\ud800"]);
    const unified = dictionary.unified();
    expect([...unified.codes]).to.deep.equal([0, 1, 0, 2]);
    expect([0, 1, 2].map((code) => unified.dictionary.text(code))).to.deep.equal(["a", "", "\ud800"]);
  });

  it("holds long texts, and does not hold on to the bytes that it was given", () => {
    const dictionary = new Dictionary();
    const long = "x".repeat(100_000);
    const bytes = new Uint8Array(100_000).fill("x".charCodeAt(0));
    dictionary.add(new DataView(bytes.buffer), 0, 100_000);
    dictionary.add(new DataView(bytes.buffer), 1, 100_000);
    bytes.fill(0);
    expect([dictionary.text(0) === long, dictionary.text(1).length]).to.deep.equal([true, 99_999]);
    expect(dictionary.addText(long)).to.equal(0);
  });

  it("tells texts apart that differ in one byte anywhere, or in their length", () => {
    for (let length = 0; length < 20; length++) {
      const dictionary = new Dictionary();
      const texts = ["a".repeat(length)];
      for (let i = 0; i < length; i++) texts.push(`${"a".repeat(i)}b${"a".repeat(length - i - 1)}`);
      texts.push("a".repeat(length + 1));
      expect(texts.map((t) => add(dictionary, t))).to.deep.equal([...texts.keys()]);
    }
  });
});
