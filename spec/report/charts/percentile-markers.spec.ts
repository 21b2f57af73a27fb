import { expect } from "chai";
import fc from "fast-check";
import { placeMarkers } from "../../../lib/report/charts/percentile-markers.js";

const place = (levels: number[], at: (level: number) => number) =>
  placeMarkers(Float64Array.from([50, 90, 95, 99]), Int32Array.from(levels), at);

describe("placeMarkers(percentiles, levels, at)", () => {
  it("puts those of one level into one label", () => {
    expect(place([1, 4, 4, 1200], (level) => level * 100)).to.deep.equal([
      { concurrency: 1, label: "p50: 1", top: -4 },
      { concurrency: 4, label: "p90, p95: 4", top: -4 },
      { concurrency: 1200, label: "p99: 1,200", top: -4 },
    ]);
  });
  it("puts a label above those that it would reach over", () => {
    expect(place([1, 2, 3, 20], (level) => level * 30).map(({ top }) => top)).to.deep.equal([-32, -18, -4, -4]);
  });
  it("lets no label lie over another, nor over the line of another", () => {
    const levels = fc.array(fc.integer({ min: 0, max: 60 }), { minLength: 4, maxLength: 4 });
    fc.assert(
      fc.property(levels, fc.integer({ min: 1, max: 40 }), (drawn, pixels) => {
        const markers = place(
          drawn.sort((a, b) => a - b),
          (level) => level * pixels,
        );
        for (const one of markers) {
          for (const other of markers) {
            const [left, right] = [one.concurrency * pixels, one.concurrency * pixels + one.label.length * 7];
            const line = other.concurrency * pixels;
            // the line of the other rises up to its label
            if (left < line && line < right) expect(other.top).to.be.above(one.top);
          }
        }
      }),
    );
  });
});
