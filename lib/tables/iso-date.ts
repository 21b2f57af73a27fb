/** Nanoseconds since 1970 as an ISO date, with as many digits as it takes. */
export function isoDate(nanoseconds: bigint): string {
  const rest = ((nanoseconds % 1_000_000n) + 1_000_000n) % 1_000_000n; // counted from the millisecond before, also before 1970
  const milliseconds = (nanoseconds - rest) / 1_000_000n;
  const date = new Date(Number(milliseconds)).toISOString();
  return rest === 0n ? date : `${date.slice(0, -1)}${String(rest).padStart(6, "0").replace(/0+$/, "")}Z`;
}
