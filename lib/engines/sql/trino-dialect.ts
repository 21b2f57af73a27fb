// Trino. Key differences: quantiles are of sketches, good enough for cuts (a thousandth of the values apart); timestamps come to the microsecond, since no function tells more of
// them as a whole number; arrays are written ARRAY[a, b].
import type { ColumnKind, Dialect } from "./dialect.js";
import { doubleLiteral, textLiteral } from "./literals.js";

const WHOLE = /^(?:tinyint|smallint|integer|bigint)$/i;
const NUMBER = /^(?:real|double|decimal.*)$/i;

/** Of so many calls times are looked at where buckets are cut within a query, give or take. */
const SAMPLE = 5000;
const list = (numbers: readonly number[]): string => `ARRAY[${numbers.map(doubleLiteral).join(", ")}]`;

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
  // a cast would write 2.5E0
  textOfNumber: (value) => `format('%s', ${value})`,
  ticksPerSecond: () => 1_000_000,
  // a float of seconds since 1970 is right to a quarter of a microsecond
  ticksOf: (timestamp) => `CAST(round(to_unixtime(${timestamp}) * 1e6) AS BIGINT)`,
  // a text without a zone is given one, which would else be that of the session
  timestampOf: (text) =>
    `TRY(from_iso8601_timestamp_nanos(concat(replace(${text}, ' ', 'T'), CASE WHEN regexp_like(${text}, ':.*[Zz+-]') THEN '' WHEN strpos(${text}, ':') > 0 THEN 'Z' ELSE 'T00:00:00Z' END)))`,
  // buckets must be told in order, which a sketch does not promise
  cuts: (value, parts) =>
    `array_sort(values_at_quantiles(qdigest_agg(${value}, 1, 0.001e0), transform(sequence(1, ${parts - 1}), k -> k / ${parts}e0)))`,
  // no sketch, which hangs on the order of rows: some thousand times, chosen by their hash
  steadyBounds: (events, parts) => `SELECT
  coalesce(
    array_distinct(transform(sequence(1, ${parts - 1}), k -> element_at(ts, 1 + k * (cardinality(ts) - 1) / ${parts}))),
    ${list([0])}) AS bounds
FROM (SELECT array_agg(t ORDER BY t) AS ts FROM ${events} AS events
  WHERE mod(from_big_endian_64(xxhash64(to_ieee754_64(t))), greatest(1, (SELECT count(*) FROM calls) / ${SAMPLE})) = 0) AS sample`,
  list,
  bucketOf: (value, bounds) => `width_bucket(${value}, ${bounds})`,
  secondsOf: (timestamp) => `to_unixtime(${timestamp})`,
  entryOf: (map, key) => `element_at(${map}, ${textLiteral(key)})`,
};
