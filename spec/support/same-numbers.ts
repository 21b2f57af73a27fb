import { expect } from "chai";

/** Compares numbers one by one: exactly, but 0 and -0 are one number here. Much faster than a deep comparison. */
export function sameNumbers(actual: ArrayLike<number>, expected: ArrayLike<number>, what = "numbers"): void {
  expect(actual.length, `how many ${what}`).to.equal(expected.length);
  for (let i = 0; i < expected.length; i++) {
    if (actual[i] !== expected[i] && !(Number.isNaN(actual[i]) && Number.isNaN(expected[i])))
      expect(actual[i], `${what}, at ${i}`).to.equal(expected[i]);
  }
}

/** Compares numbers one by one, each to within 1e-12 of `scale`, or of itself. */
export function nearNumbers(actual: ArrayLike<number>, expected: ArrayLike<number>, what = "numbers", scale = 0): void {
  expect(actual.length, `how many ${what}`).to.equal(expected.length);
  for (let i = 0; i < expected.length; i++) {
    const near = Math.abs(actual[i] - expected[i]) <= 1e-12 * Math.max(scale, Math.abs(expected[i]));
    if (!near && !Object.is(actual[i], expected[i])) expect(actual[i], `${what}, at ${i}`).to.equal(expected[i]);
  }
}
