import { isoNanoseconds, nanosecondsOf, type TimeUnit } from "./times.js";

/** Units by the least number of them since 1970 that is a date of theirs, from 1973 on. */
const UNITS: readonly (readonly [from: number, unit: TimeUnit])[] = [
  [1e17, "ns"],
  [1e14, "us"],
  [1e11, "ms"],
];

/**
 * An instant in whole nanoseconds since 1970, however a table or a document holds it: an ISO date (no zone is UTC), a Date, or a number, whose
 * size tells its unit: 1790000000 are seconds, 1790000000000 milliseconds. What is missing or no instant comes back as it is.
 */
export function instantOf(value: unknown): unknown {
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? null : BigInt(value.getTime()) * 1_000_000n;
  const date = isoNanoseconds(value);
  if (date !== undefined) return date;
  const size = typeof value === "string" ? Number(value) : value;
  if (typeof size !== "number" && typeof size !== "bigint") return value;
  const unit = UNITS.find(([from]) => size >= from)?.[1] ?? "s";
  const nanoseconds = nanosecondsOf(value, unit);
  return typeof nanoseconds === "bigint" ? nanoseconds : value;
}
