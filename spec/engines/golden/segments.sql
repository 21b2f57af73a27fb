-- segments: a row is a stretch of constant concurrency.
-- Of hive.traces.calls, for Trino; written by spikeline. Counted are LLM, TOOL.
-- Times are seconds, from where the table counts them.
WITH
  timed AS (
    SELECT
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
      coalesce(array_sort(values_at_quantiles(qdigest_agg(t, 1, 0.001e0), transform(sequence(1,
        127), k -> k / 128e0))), ARRAY[DOUBLE '0']) AS bounds
    FROM (SELECT CASE x WHEN 1 THEN s ELSE e END AS t FROM calls CROSS JOIN (VALUES (1), (-1)) AS
      arms (x)) AS events
  ),
  timed_events AS (
    SELECT CASE x WHEN 1 THEN s WHEN -1 THEN e END AS t, x
    FROM calls
    CROSS JOIN (VALUES (1), (-1)) AS arms (x)
  ),
  events AS (
    SELECT timed_events.*, width_bucket(t, (SELECT bounds FROM bounds)) AS b
    FROM timed_events
  ),
  swept_nets AS (
    SELECT b, sum(x) AS level, min(t) AS first_t
    FROM events
    GROUP BY b
  ),
  swept_carried AS (
    SELECT
      b,
      sum(level) OVER (ORDER BY b ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS level,
      lead(first_t) OVER (ORDER BY b) AS next_t
    FROM swept_nets
  ),
  swept_within AS (
    SELECT
      b,
      t,
      sum(x) OVER (PARTITION BY b ORDER BY t RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS
        level,
      sum(x) OVER (PARTITION BY b ORDER BY t GROUPS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS
        before,
      lead(t) OVER (PARTITION BY b ORDER BY t) AS next_t
    FROM events
  ),
  swept AS (
    SELECT
      w.b,
      w.t,
      w.level + coalesce(c.level, 0) AS level,
      CASE
        WHEN w.before IS NULL AND c.level IS NULL THEN NULL
        ELSE coalesce(w.before, 0) + coalesce(c.level, 0) END AS before,
      coalesce(w.next_t, c.next_t) AS next_t
    FROM swept_within w
    JOIN swept_carried c ON w.b = c.b
  ),
  borders AS (
    SELECT t, level, b
    FROM swept
    WHERE (next_t > t OR next_t IS NULL) AND (before IS NULL OR next_t IS NULL OR level <> before)
  ),
  segments_nets AS (
    SELECT b, min(t) AS first_t
    FROM borders
    GROUP BY b
  ),
  segments_carried AS (
    SELECT b, lead(first_t) OVER (ORDER BY b) AS next_t
    FROM segments_nets
  ),
  segments_within AS (
    SELECT b, t, level, lead(t) OVER (PARTITION BY b ORDER BY t) AS next_t
    FROM borders
  ),
  segments AS (
    SELECT w.b, w.t, w.level, coalesce(w.next_t, c.next_t) AS next_t
    FROM segments_within w
    JOIN segments_carried c ON w.b = c.b
  )
SELECT
  t AS start_time,
  next_t AS end_time,
  next_t - t AS duration,
  CAST(level AS INTEGER) AS concurrency
FROM segments
WHERE next_t IS NOT NULL
ORDER BY start_time;
