import type { Digest } from "./peers/protocol.js";

/** Sums of floats, which depend on their order; all else must be the same. */
const floats = new Set(["total_time", "load", "spike_time", "token_means", "latency_means"]);
const TOLERANCE = 1e-9;

/**
 * Checks that two peers found the same.
 *
 * @throws if a field differs, naming both and what they have
 */
export function checkAgreement(a: { peer: string; result: Digest }, b: { peer: string; result: Digest }, what: string) {
  for (const field of new Set([...Object.keys(a.result), ...Object.keys(b.result)])) {
    const [left, right] = [a, b].map(({ result }) => (field in result ? [result[field]].flat() : []));
    const allowed = floats.has(field) ? TOLERANCE : 0;
    const at = left.findIndex((x, i) => !(Math.abs(x - right[i]) <= allowed * Math.abs(x)));
    if (at < 0 && left.length === right.length) continue;
    const shown = (values: number[]) => (at < 0 ? `${values.length} values` : String(values[at]));
    throw new Error(
      `${what}: ${a.peer} and ${b.peer} disagree in ${field}${at > 0 ? `[${at}]` : ""}: ${shown(left)}, ${shown(right)}`,
    );
  }
}
