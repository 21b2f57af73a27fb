// DuckDB. Key differences: TIMESTAMP_NS keeps nanoseconds, percentiles are exact, lists are written [a, b].
import type { ColumnKind, Dialect } from "./dialect.js";
import { doubleLiteral, textLiteral } from "./literals.js";

const WHOLE = /^U?(?:TINY|SMALL|BIG|HUGE)?INT(?:EGER)?$/i;
const NUMBER = /^(?:FLOAT|DOUBLE|DECIMAL\(.*\))$/i;
/** Types whose ticks are nanoseconds; texts are read as such, too. */
const FINE = /^(?:TIMESTAMP_NS$|VARCHAR)/i;

export const duckdbDialect: Dialect = {
  name: "duckdb",
  title: "DuckDB",
  spreads: false,
  kindOf: (type): ColumnKind => {
    if (type.endsWith("]")) return "other"; // a list
    if (WHOLE.test(type)) return "whole";
    if (NUMBER.test(type)) return "number";
    if (/^(?:TIMESTAMP|DATE)/i.test(type)) return "timestamp";
    return /^(?:VARCHAR|ENUM|UUID)/i.test(type) ? "text" : "other";
  },
  isFinite: (value) => `isfinite(${value})`,
  textOfNumber: (value) => `CAST(${value} AS VARCHAR)`,
  ticksPerSecond: (type) => (FINE.test(type) ? 1_000_000_000 : 1_000_000),
  ticksOf: (timestamp, type) => (FINE.test(type) ? `epoch_ns(${timestamp})` : `epoch_us(${timestamp})`),
  // of all types of timestamps the only one that heeds an offset in a text, and not the zone of the session where there is none
  timestampOf: (text) => `TRY_CAST(${text} AS TIMESTAMP_NS)`,
  cuts: (value, parts) => `quantile_disc(${value}, [${shares(parts)}])`,
  steadyBounds: (events, parts) =>
    `SELECT coalesce(quantile_disc(t, [${shares(parts)}]), [DOUBLE '0']) AS bounds FROM ${events} AS events`,
  list: (numbers) => `[${numbers.map(doubleLiteral).join(", ")}]`,
  bucketOf: (value, bounds) => `len(list_filter(${bounds}, lambda b: b <= ${value}))`,
  // by way of whole microseconds, which a float holds; of nanoseconds it would not hold them all
  secondsOf: (timestamp) => `epoch_us(${timestamp}) / 1e6`,
  entryOf: (map, key) => `${map}[${textLiteral(key)}]`,
};

const shares = (parts: number): string => Array.from({ length: parts - 1 }, (_, k) => (k + 1) / parts).join(", ");
