-- latency_by_concurrency: a row is a level of concurrency at the midpoint of calls, of each team.
-- Of hive.traces.calls, for Trino; written by spikeline. Counted are LLM, TOOL.
-- Times are seconds, from where the table counts them.
WITH
  timed AS (
    SELECT
      coalesce('=' || NULLIF(CAST("team" AS VARCHAR), ''), '') AS g,
      CAST("start_time" AS DOUBLE) AS s,
      CAST("end_time" AS DOUBLE) AS e,
      upper(coalesce(NULLIF(CAST("operation_type" AS VARCHAR), ''), 'LLM')) AS kind
    FROM "hive"."traces"."calls"
  ),
  rows_read AS (
    SELECT
      timed.*,
      CASE
        WHEN NOT kind IN ('LLM', 'TOOL') THEN 'other_kind'
        WHEN s IS NULL OR e IS NULL THEN 'missing_time'
        WHEN NOT is_finite(s) OR NOT is_finite(e) THEN 'nan_time'
        WHEN e < s THEN 'negative_duration'
        ELSE 'counted' END AS code
    FROM timed
  ),
  calls AS (
    SELECT *
    FROM rows_read
    WHERE code = 'counted'
  ),
  bounds AS (
    SELECT
      coalesce( array_distinct(transform(sequence(1, 127), k -> element_at(ts, 1 + k *
        (cardinality(ts) - 1) / 128))), ARRAY[DOUBLE '0']) AS bounds
    FROM (SELECT array_agg(t ORDER BY t) AS ts FROM (SELECT CASE x WHEN 1 THEN s ELSE e END AS t
      FROM calls CROSS JOIN (VALUES (1), (-1)) AS arms (x)) AS events WHERE
      mod(from_big_endian_64(xxhash64(to_ieee754_64(t))), greatest(1, (SELECT count(*) FROM calls) /
      5000)) = 0) AS sample
  ),
  timed_events AS (
    SELECT
      g,
      CASE x WHEN 1 THEN s WHEN -1 THEN e ELSE 0.5e0 * (s + e) END AS t,
      x,
      CASE WHEN x = 0 THEN e - s END AS latency
    FROM calls
    CROSS JOIN (VALUES (1), (-1), (0)) AS arms (x)
  ),
  events AS (
    SELECT timed_events.*, width_bucket(t, (SELECT bounds FROM bounds)) AS b
    FROM timed_events
  ),
  swept_nets AS (
    SELECT g, b, sum(x) AS level, min(t) AS first_t
    FROM events
    GROUP BY g, b
  ),
  swept_carried AS (
    SELECT
      g,
      b,
      sum(level) OVER (PARTITION BY g ORDER BY b ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)
        AS level,
      lead(first_t) OVER (PARTITION BY g ORDER BY b) AS next_t
    FROM swept_nets
  ),
  swept_within AS (
    SELECT
      g,
      b,
      t,
      latency,
      sum(x) OVER (PARTITION BY g, b ORDER BY t RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)
        AS level,
      lead(t) OVER (PARTITION BY g, b ORDER BY t) AS next_t
    FROM events
  ),
  swept AS (
    SELECT
      w.g,
      w.b,
      w.t,
      w.latency,
      w.level + coalesce(c.level, 0) AS level,
      coalesce(w.next_t, c.next_t) AS next_t
    FROM swept_within w
    JOIN swept_carried c ON w.g = c.g AND w.b = c.b
  )
SELECT
  CASE WHEN g = '' THEN NULL ELSE substr(g, 2) END AS "team",
  CAST(CASE WHEN latency = 0 THEN 0 ELSE level END AS BIGINT) AS concurrency,
  count(*) AS calls,
  avg(latency) AS mean_latency
FROM swept
WHERE latency IS NOT NULL
GROUP BY g, CASE WHEN latency = 0 THEN 0 ELSE level END
ORDER BY g, concurrency;
