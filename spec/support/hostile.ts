import fc from "fast-check";

const encoder = new TextEncoder();

/** What files of strangers hold now and then: parts that are put in anywhere. */
const PARTS: readonly Uint8Array[] = [
  ...[
    '"__proto__":{"polluted":1},',
    '{"__proto__":{"polluted":1}}',
    '"constructor":{"prototype":{"polluted":1}},',
    "[".repeat(2000),
    '{"a":'.repeat(500),
    "]}",
    "{}",
    "[]",
    "null",
    "true",
    '""',
    '"',
    "\\",
    '\\ud800"',
    "\\u0000",
    "\0",
    "\r\n",
    "\n",
    "\ufeff",
    ",",
    ",,",
    ":",
    "-0",
    "1e999",
    "-1e999",
    "NaN",
    "Infinity",
    "9007199254740993",
    "123456789012345678901234567890",
    "1790000000000000000.5",
    "0x10",
    "2026-13-45T99:99:99Z",
    "-2026-01-01",
    "\u{1f600}",
    "x".repeat(5000),
  ].map((text) => encoder.encode(text)),
  Uint8Array.of(0xff, 0xfe),
  Uint8Array.of(0xfe, 0xff, 0x00),
  Uint8Array.of(0xc3),
  Uint8Array.of(0xed, 0xa0, 0x80),
  Uint8Array.of(0x1f, 0x8b, 0x08),
  Uint8Array.of(0x28, 0xb5, 0x2f, 0xfd),
  encoder.encode("PAR1"),
  encoder.encode("ARROW1"),
];

/** One change of a file; places are shares of its length, from 0 to 1. */
type Change = (bytes: Uint8Array) => Uint8Array;

const place = fc.double({ min: 0, max: 1, noNaN: true });
const joined = (...parts: Uint8Array[]): Uint8Array => Uint8Array.from(parts.flatMap((part) => Array.from(part)));
const at = (bytes: Uint8Array, share: number): number => Math.floor(share * bytes.length);

const insert = fc.tuple(place, fc.constantFrom(...PARTS)).map(
  ([share, part]): Change =>
    (bytes) =>
      joined(bytes.subarray(0, at(bytes, share)), part, bytes.subarray(at(bytes, share))),
);
const cut = place.map(
  (share): Change =>
    (bytes) =>
      bytes.slice(0, at(bytes, share)),
);
const flip = fc.tuple(place, fc.nat({ max: 255 })).map(
  ([share, byte]): Change =>
    (bytes) =>
      bytes.map((old, i) => (i === at(bytes, share) ? byte : old)),
);
const between = fc.tuple(place, place, place);
const drop = between.map(
  ([a, b]): Change =>
    (bytes) =>
      joined(bytes.subarray(0, at(bytes, Math.min(a, b))), bytes.subarray(at(bytes, Math.max(a, b)))),
);
const repeat = between.map(([a, b, c]): Change => (bytes) => {
  const part = bytes.subarray(at(bytes, Math.min(a, b)), at(bytes, Math.max(a, b)));
  return joined(bytes.subarray(0, at(bytes, c)), part, bytes.subarray(at(bytes, c)));
});
/** Puts a part in the place of a JSON value or a cell. */
const replace = fc.tuple(fc.nat(), fc.constantFrom(...PARTS)).map(([which, part]): Change => (bytes) => {
  const text = new TextDecoder("latin1").decode(bytes);
  const values = [...text.matchAll(/"(?:[^"\\]|\\.)*"|-?\d[\d.eE+-]*|true|false|null|[^,;\n]+/g)];
  if (values.length === 0) return part;
  const { index, 0: found } = values[which % values.length];
  return joined(bytes.subarray(0, index), part, bytes.subarray(index + found.length));
});

/** A file with one to four changes, as hostile as they come. */
export const hostile = (bytes: Uint8Array): fc.Arbitrary<Uint8Array> =>
  fc
    .array(fc.oneof(insert, cut, flip, drop, repeat, { arbitrary: replace, weight: 4 }), { minLength: 1, maxLength: 4 })
    .map((changes) => changes.reduce((changed, change) => change(changed), bytes));
