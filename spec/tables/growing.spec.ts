import { expect } from "chai";
import fc from "fast-check";
import { Dictionary } from "../../lib/kernels/dictionary.js";
import { GrowingInts, GrowingNumbers, GrowingTexts } from "../../lib/tables/growing.js";
import { GrowingRows } from "../../lib/tables/growing-rows.js";
import { sameNumbers } from "../support/same-numbers.js";

describe("GrowingNumbers and GrowingInts", () => {
  it("hold NaN and -1 at places that were passed over, and behind the last", () => {
    const [numbers, ints] = [new GrowingNumbers(), new GrowingInts()];
    for (const column of [numbers, ints]) column.put(1, 7);
    expect(numbers.length).to.equal(2);
    expect(numbers.done(4)).to.deep.equal(Float64Array.of(NaN, 7, NaN, NaN));
    expect(ints.done(4)).to.deep.equal(Int32Array.of(-1, 7, -1, -1));
    expect([new GrowingNumbers().done(0), new GrowingInts().done(0)].map((of) => of.length)).to.deep.equal([0, 0]);
  });

  it("keep what was put, around 1024 places, its doubles and far beyond", () => {
    for (const last of [1022, 1023, 1024, 1025, 2046, 2047, 2048, 2049, 2050, 5000]) {
      const [numbers, ints] = [new GrowingNumbers(), new GrowingInts()];
      for (let place = 0; place <= last; place++) for (const column of [numbers, ints]) column.put(place, place);
      const wanted = Array.from({ length: last + 1 }, (_, i) => i);
      sameNumbers(numbers.done(last + 1), wanted);
      sameNumbers(ints.done(last + 1), wanted);
    }
  });

  it("agree with plain arrays, whatever was passed over", () => {
    const steps = fc.array(fc.oneof(fc.integer({ min: 1, max: 3 }), fc.constantFrom(1023, 1024, 1025, 5000)), {
      maxLength: 8,
    });
    fc.assert(
      fc.property(steps, fc.constantFrom(0, 1, 1024, 9999), (by, more) => {
        const [numbers, ints] = [new GrowingNumbers(), new GrowingInts()];
        let place = -1;
        for (const step of by) {
          place += step;
          numbers.put(place, step + 0.5);
          ints.put(place, step);
        }
        expect(numbers.length).to.equal(place + 1);
        const length = place + 1 + more;
        const [wantedNumbers, wantedInts] = [new Array<number>(length).fill(NaN), new Array<number>(length).fill(-1)];
        by.reduce((at, step) => {
          wantedNumbers[at + step] = step + 0.5;
          wantedInts[at + step] = step;
          return at + step;
        }, -1);
        sameNumbers(numbers.done(length), wantedNumbers);
        sameNumbers(ints.done(length), wantedInts);
      }),
      { numRuns: 500 },
    );
  });
});

describe("GrowingTexts", () => {
  it("keep what was put when room is made, and lose no room to a smaller wish", () => {
    const texts = new GrowingTexts();
    texts.put(3, texts.dictionary.addText("a"));
    texts.reserve(3000);
    texts.reserve(5);
    texts.reserve(NaN);
    texts.put(2999, texts.dictionary.addText("b"));
    const column = texts.done(3000);
    expect([column.at(2), column.at(3), column.at(2998), column.at(2999)]).to.deep.equal([null, "a", null, "b"]);
  });

  it("have nothing in rows that were passed over", () => {
    const texts = new GrowingTexts();
    texts.put(2, texts.dictionary.addText("a"));
    expect([...texts.done(4)]).to.deep.equal([null, null, "a", null]);
    expect([...new GrowingTexts().done(1500)]).to.deep.equal(new Array(1500).fill(null));
  });
  it("share a dictionary, so that equal texts have equal codes in both", () => {
    const dictionary = new Dictionary();
    const [ids, parents] = [new GrowingTexts(dictionary), new GrowingTexts(dictionary)];
    ["a", "b", "c"].forEach((id, row) => {
      ids.put(row, dictionary.addText(id));
    });
    [null, "c", "zz"].forEach((id, row) => {
      parents.put(row, id === null ? -1 : dictionary.addText(id));
    });
    expect([...ids.done(3)]).to.deep.equal(["a", "b", "c"]);
    expect([...parents.done(3)]).to.deep.equal([null, "c", "zz"]);
    expect([...parents.done(3).codes]).to.deep.equal([-1, 2, 3]);
  });
});

describe("GrowingRows", () => {
  it("keep all columns of all rows, around 1024 of them, its doubles and far beyond", () => {
    for (const size of [0, 1, 1023, 1024, 1025, 2048, 2049, 5000]) {
      const rows = new GrowingRows(["a", "b"], ["c"]);
      for (let i = 0; i < size; i++) {
        expect(rows.add()).to.equal(i);
        rows.numbers.a[i] = i + 0.5;
        rows.numbers.b[i] = -i;
        rows.ints.c[i] = 2 * i;
      }
      const { numbers, ints } = rows.done();
      const wanted = Array.from({ length: size }, (_, i) => i);
      expect(rows.size).to.equal(size);
      sameNumbers(
        numbers.a,
        wanted.map((i) => i + 0.5),
      );
      sameNumbers(
        numbers.b,
        wanted.map((i) => -i),
      );
      sameNumbers(
        ints.c,
        wanted.map((i) => 2 * i),
      );
    }
  });

  it("keep all rows when room is made by steps of any size", () => {
    for (const room of [1024, 1025, 1300, 4096]) {
      const rows = new GrowingRows(["a"], ["c"]);
      for (let i = 0; i < 5000; i++) {
        if (rows.isFull) rows.reserve(Math.max(room, rows.size + 1));
        rows.numbers.a[rows.add()] = i;
      }
      sameNumbers(
        rows.done().numbers.a,
        Array.from({ length: 5000 }, (_, i) => i),
      );
    }
  });
});
