import { seconds } from "./format.js";

/** Times beyond this many seconds are taken for seconds since 1970 when they are shown. */
const DATES_FROM = 1e8;

/** Whether a time looks like seconds since 1970. */
export const isSinceEpoch = (time: number): boolean => time >= DATES_FROM && time < 1e11;

/** When a trace begins: the date of its origin, else its first time, as a date where it looks like one. */
export function moment(first: number, origin: string | null): string {
  if (origin !== null) return origin;
  if (isSinceEpoch(first)) return new Date(first * 1000).toISOString();
  return seconds(first);
}
