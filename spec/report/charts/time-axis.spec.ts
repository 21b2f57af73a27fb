import { expect } from "chai";
import { timeAxis } from "../../../lib/report/charts/time-axis.js";

const axis = (from: number, to: number, width = 720) => {
  const { x, at } = timeAxis("time", from, to, width);
  return [x.title, ...(x.scale as { domain: number[] }).domain, at((from + to) / 2)];
};

describe("timeAxis(field, from, to, width)", () => {
  it("has the unit that suits the stretch", () => {
    expect(axis(0, 0.0005)).to.deep.equal(["time since start (µs)", 0, 500, 250]);
    expect(axis(0, 0.9)).to.deep.equal(["time since start (ms)", 0, 900, 450]);
    expect(axis(0, 179)).to.deep.equal(["time since start (s)", 0, 179, 89.5]);
    expect(axis(0, 180)).to.deep.equal(["time since start (min)", 0, 3, 1.5]);
    expect(axis(0, 10_800)).to.deep.equal(["time since start (h)", 0, 3, 1.5]);
    expect(axis(0, 259_200)).to.deep.equal(["time since start (d)", 0, 3, 1.5]);
  });
  it("counts from 0, so that times can be given as a window", () => {
    expect(axis(3600, 3660)).to.deep.equal(["time since start (s)", 3600, 3660, 3630]);
    expect(axis(-30, 60)).to.deep.equal(["time since start (s)", -30, 60, 15]);
  });
  it("counts from the beginning of the stretch where the numbers were too long to read", () => {
    expect(axis(86_400, 86_401.5)).to.deep.equal(["time since start + 86,400 s (s)", 0, 1.5, 0.75]);
    expect(axis(17.0006, 17.001)).to.deep.equal(["time since start + 17 s (µs)", 600, 1000, 800]);
  });
  it("names the date where times are seconds since 1970", () => {
    expect(axis(1_767_600_000, 1_767_600_100)).to.deep.equal(["time since 2026-01-05T08:00:00Z (s)", 0, 100, 50]);
    expect(axis(1_767_600_000.5, 1_767_600_100.5)[0]).to.equal("time since 2026-01-05T08:00:00.500Z (s)");
  });
  it("takes a moment for a second, so that there is an axis", () => {
    expect(axis(5, 5)).to.deep.equal(["time since start (s)", 5, 6, 5]);
  });
  it("rounds to less than a hundredth of a pixel", () => {
    const { at } = timeAxis("time", 0, 100, 100);
    expect(at(1.23456)).to.equal(1.23);
    expect(timeAxis("time", 0, 100, 1000).at(1.23456)).to.equal(1.235);
  });
});
