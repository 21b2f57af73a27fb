import { expect } from "chai";

/**
 * Compares deeply: exactly, but numbers at or below the named keys to a relative 1e-12. The order of keys carries no meaning.
 */
export function close(
  actual: unknown,
  expected: unknown,
  approximate: readonly string[],
  path = "$",
  loose = false,
): void {
  if (typeof expected === "number" && loose) {
    const tolerance = 1e-12 * Math.abs(expected);
    if (!(Math.abs((actual as number) - expected) <= tolerance)) expect(actual, path).to.equal(expected);
  } else if (Array.isArray(expected)) {
    expect(actual, path).to.be.an("array").with.length(expected.length);
    expected.forEach((value, i) => {
      close((actual as unknown[])[i], value, approximate, `${path}[${i}]`, loose);
    });
  } else if (typeof expected === "object" && expected !== null) {
    expect(Object.keys(actual as object).sort(), path).to.deep.equal(Object.keys(expected).sort());
    for (const [key, value] of Object.entries(expected)) {
      close(
        (actual as Record<string, unknown>)[key],
        value,
        approximate,
        `${path}.${key}`,
        loose || approximate.includes(key),
      );
    }
  } else {
    expect(actual, path).to.equal(expected);
  }
}
