import { seconds } from "./format.js";

/** Times beyond this many seconds are taken for seconds since 1970 when they are shown. */
const DATES_FROM = 1e8;

/** When a trace begins: the date of its origin, else its first time, as a date where it looks like one. */
export function moment(first: number, origin: string | null): string {
  if (origin !== null) return origin;
  if (first >= DATES_FROM && first < 1e11) return new Date(first * 1000).toISOString();
  return seconds(first);
}
