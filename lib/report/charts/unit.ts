/** A unit of time for an axis. */
export interface Unit {
  readonly name: string;
  /** seconds in it */
  readonly size: number;
}

/** Units, each with the number of seconds up to which it reads well. */
const UNITS: readonly (Unit & { readonly upTo: number })[] = [
  { name: "µs", size: 1e-6, upTo: 1e-3 },
  { name: "ms", size: 1e-3, upTo: 1 },
  { name: "s", size: 1, upTo: 180 },
  { name: "min", size: 60, upTo: 3 * 3600 },
  { name: "h", size: 3600, upTo: 3 * 86_400 },
  { name: "d", size: 86_400, upTo: Infinity },
];

/** The unit in which so many seconds read well: 90 s, 5 min, 2 h. */
export const unitFor = (seconds: number): Unit => UNITS.find(({ upTo }) => seconds < upTo) ?? UNITS[2];
