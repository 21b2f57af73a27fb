-- spikes: a row is a segment at or above the threshold, of each team.
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
    SELECT g, CASE x WHEN 1 THEN s WHEN -1 THEN e END AS t, x
    FROM calls
    CROSS JOIN (VALUES (1), (-1)) AS arms (x)
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
      sum(x) OVER (PARTITION BY g, b ORDER BY t RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)
        AS level,
      sum(x) OVER (PARTITION BY g, b ORDER BY t GROUPS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)
        AS before,
      lead(t) OVER (PARTITION BY g, b ORDER BY t) AS next_t
    FROM events
  ),
  swept AS (
    SELECT
      w.g,
      w.b,
      w.t,
      w.level + coalesce(c.level, 0) AS level,
      CASE
        WHEN w.before IS NULL AND c.level IS NULL THEN NULL
        ELSE coalesce(w.before, 0) + coalesce(c.level, 0) END AS before,
      coalesce(w.next_t, c.next_t) AS next_t
    FROM swept_within w
    JOIN swept_carried c ON w.g = c.g AND w.b = c.b
  ),
  borders AS (
    SELECT swept.g, t, level, b, CASE WHEN level >= BIGINT '3' THEN 1 ELSE 0 END AS is_spike
    FROM swept
    WHERE (next_t > t OR next_t IS NULL) AND (before IS NULL OR next_t IS NULL OR level <> before)
      AND (level >= BIGINT '3' OR before >= BIGINT '3')
  ),
  spikes_nets AS (
    SELECT g, b, sum(is_spike) AS nth, min(t) AS first_t
    FROM borders
    GROUP BY g, b
  ),
  spikes_carried AS (
    SELECT
      g,
      b,
      sum(nth) OVER (PARTITION BY g ORDER BY b ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS
        nth,
      lead(first_t) OVER (PARTITION BY g ORDER BY b) AS next_t
    FROM spikes_nets
  ),
  spikes_within AS (
    SELECT
      g,
      b,
      t,
      level,
      is_spike,
      sum(is_spike) OVER (PARTITION BY g, b ORDER BY t RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT
        ROW) AS nth,
      lead(t) OVER (PARTITION BY g, b ORDER BY t) AS next_t
    FROM borders
  ),
  spikes AS (
    SELECT
      w.g,
      w.b,
      w.t,
      w.level,
      w.is_spike,
      w.nth + coalesce(c.nth, 0) AS nth,
      coalesce(w.next_t, c.next_t) AS next_t
    FROM spikes_within w
    JOIN spikes_carried c ON w.g = c.g AND w.b = c.b
  )
SELECT
  CASE WHEN g = '' THEN NULL ELSE substr(g, 2) END AS "team",
  CAST(nth - 1 AS BIGINT) AS spike_id,
  t AS start_time,
  next_t AS end_time,
  next_t - t AS duration,
  CAST(level AS BIGINT) AS concurrency,
  CAST(level AS BIGINT) AS active_calls
FROM spikes
WHERE is_spike = 1
ORDER BY g, t;
