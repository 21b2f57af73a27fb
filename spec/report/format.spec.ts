import { expect } from "chai";
import { bar, columns, count, counted, decimal, percent, seconds } from "../../lib/report/format.js";

describe("seconds(value)", () => {
  const cases: [number, string][] = [
    [0, "0 s"],
    [-0, "0 s"],
    [2e-6, "2 µs"],
    [0.000999, "999 µs"],
    [0.0009996, "1 ms"], // not 1000 µs
    [0.0125, "12.5 ms"],
    [0.31, "310 ms"],
    [0.9994, "999 ms"],
    [0.9996, "1.00 s"], // not 1000 ms
    [1, "1.00 s"],
    [9.994, "9.99 s"],
    [9.996, "10.0 s"], // not 10.00 s
    [41.2, "41.2 s"],
    [59.99, "60.0 s"],
    [99.9, "99.9 s"],
    [99.96, "1 min 40 s"], // not 100.0 s
    [119.4, "1 min 59 s"],
    [119.6, "2 min 0 s"], // not 1 min 60 s
    [723, "12 min 3 s"],
    [3599.6, "60 min 0 s"],
    [7199.4, "119 min 59 s"],
    [7199.6, "2 h 0 min"], // not 119 min 60 s
    [18720, "5 h 12 min"],
    [21_599, "6 h 0 min"], // not 5 h 60 min
    [172_799, "2 d 0 h"], // not 48 h 0 min
    [273_600, "3 d 4 h"],
    [345_599, "4 d 0 h"], // not 3 d 24 h
    [86_400_000, "1,000 d 0 h"],
    [-120, "−2 min 0 s"],
    [NaN, "–"],
    [Infinity, "–"],
  ];
  for (const [value, text] of cases) it(`${value} is ${text}`, () => expect(seconds(value)).to.equal(text));

  it("never shows a part that is full", () => {
    for (let value = 1e-6; value < 1e7; value *= 1.0007) {
      expect(seconds(value), String(value)).not.to.match(/1000 [mµ]s|100\.0 s|min 60 s|h 60 min|d 24 h/);
    }
  });
});

describe("numbers", () => {
  it("have their thousands", () => {
    expect([0, 1204, 45_081, 1e6].map(count)).to.deep.equal(["0", "1,204", "45,081", "1,000,000"]);
  });
  it("have one decimal at most", () => {
    expect([6.25, 6, 0.04, 1234.56].map(decimal)).to.deep.equal(["6.3", "6", "0", "1,234.6"]);
  });
  it("agree with their noun", () => {
    expect([0, 1, 2, 1000].map((n) => counted(n, "call"))).to.deep.equal([
      "0 calls",
      "1 call",
      "2 calls",
      "1,000 calls",
    ]);
  });
  it("are shares in percent, of which small ones are not 0", () => {
    expect([0, 0.0004, 0.0005, 0.25, 1].map(percent)).to.deep.equal(["0.0 %", "< 0.1 %", "0.1 %", "25.0 %", "100.0 %"]);
  });
});

describe("bar(share, width)", () => {
  it("is as long as its share, in eighths", () => {
    expect([0, 0.25, 0.5, 0.625, 1].map((share) => bar(share, 4))).to.deep.equal(["", "█", "██", "██▌", "████"]);
  });
  it("shows anything above 0", () => {
    expect(bar(1e-9, 4)).to.equal("▏");
  });
});

describe("columns(rows, left)", () => {
  it("sets numbers to the right, and named columns to the left, without blanks at the end", () => {
    const rows = [
      ["name", "n"],
      ["a", "100"],
    ];
    expect(columns(rows, new Set([0]))).to.deep.equal(["  name     n", "  a      100"]);
    expect(columns(rows, new Set([1]))).to.deep.equal(["  name   n", "     a   100"]);
    expect(columns([])).to.deep.equal([]);
  });
  it("moves columns together where they are too wide, and cuts what is too wide then", () => {
    const rows = [["name", "n", "meaning"]];
    expect(columns(rows, new Set(), 20)).to.deep.equal(["  name   n   meaning"]);
    expect(columns(rows, new Set(), 19)).to.deep.equal(["  name  n  meaning"]);
    expect(columns(rows, new Set(), 16)).to.deep.equal(["  name n meaning"]);
    expect(columns(rows, new Set(), 15)).to.deep.equal(["  name n meani…"]);
    expect(columns([["one"]], new Set(), 4)).to.deep.equal(["  o…"]);
  });
});
