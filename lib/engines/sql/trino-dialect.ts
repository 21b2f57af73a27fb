// Trino. Key differences: quantiles are of sketches, good enough for cuts (a thousandth of the values apart); timestamps come to the microsecond, since no function tells more of
// them as a whole number; arrays are written ARRAY[a, b].
import type { ColumnKind, Dialect } from "./dialect.js";
import { doubleLiteral, textLiteral } from "./literals.js";

const WHOLE = /^(?:tinyint|smallint|integer|bigint)$/i;
const NUMBER = /^(?:real|double|decimal.*)$/i;

export const trinoDialect: Dialect = {
  name: "trino",
  title: "Trino",
  spreads: true,
  kindOf: (type): ColumnKind => {
    if (WHOLE.test(type)) return "whole";
    if (NUMBER.test(type)) return "number";
    if (/^(?:timestamp|date)/i.test(type)) return "timestamp";
    return /^(?:varchar|char|uuid)/i.test(type) ? "text" : "other";
  },
  isFinite: (value) => `is_finite(${value})`,
  ticksPerSecond: () => 1_000_000,
  // a float of seconds since 1970 is right to a quarter of a microsecond
  ticksOf: (timestamp) => `CAST(round(to_unixtime(${timestamp}) * 1e6) AS BIGINT)`,
  timestampOf: (text) => `TRY(from_iso8601_timestamp(${text}))`,
  // buckets must be told in order, which a sketch does not promise
  cuts: (value, parts) =>
    `array_sort(values_at_quantiles(qdigest_agg(${value}, 1, 0.001e0), transform(sequence(1, ${parts - 1}), k -> k / ${parts}e0)))`,
  list: (numbers) => `ARRAY[${numbers.map(doubleLiteral).join(", ")}]`,
  bucketOf: (value, bounds) => `width_bucket(${value}, ${bounds})`,
  secondsOf: (timestamp) => `to_unixtime(${timestamp})`,
  entryOf: (map, key) => `element_at(${map}, ${textLiteral(key)})`,
};
