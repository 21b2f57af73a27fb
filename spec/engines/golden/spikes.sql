-- spikes: a row is a segment at or above the threshold.
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
      coalesce(array_sort(approx_percentile(t, ARRAY[0.0078125e0, 0.015625e0, 0.0234375e0,
        0.03125e0, 0.0390625e0, 0.046875e0, 0.0546875e0, 0.0625e0, 0.0703125e0, 0.078125e0,
        0.0859375e0, 0.09375e0, 0.1015625e0, 0.109375e0, 0.1171875e0, 0.125e0, 0.1328125e0,
        0.140625e0, 0.1484375e0, 0.15625e0, 0.1640625e0, 0.171875e0, 0.1796875e0, 0.1875e0,
        0.1953125e0, 0.203125e0, 0.2109375e0, 0.21875e0, 0.2265625e0, 0.234375e0, 0.2421875e0,
        0.25e0, 0.2578125e0, 0.265625e0, 0.2734375e0, 0.28125e0, 0.2890625e0, 0.296875e0,
        0.3046875e0, 0.3125e0, 0.3203125e0, 0.328125e0, 0.3359375e0, 0.34375e0, 0.3515625e0,
        0.359375e0, 0.3671875e0, 0.375e0, 0.3828125e0, 0.390625e0, 0.3984375e0, 0.40625e0,
        0.4140625e0, 0.421875e0, 0.4296875e0, 0.4375e0, 0.4453125e0, 0.453125e0, 0.4609375e0,
        0.46875e0, 0.4765625e0, 0.484375e0, 0.4921875e0, 0.5e0, 0.5078125e0, 0.515625e0,
        0.5234375e0, 0.53125e0, 0.5390625e0, 0.546875e0, 0.5546875e0, 0.5625e0, 0.5703125e0,
        0.578125e0, 0.5859375e0, 0.59375e0, 0.6015625e0, 0.609375e0, 0.6171875e0, 0.625e0,
        0.6328125e0, 0.640625e0, 0.6484375e0, 0.65625e0, 0.6640625e0, 0.671875e0, 0.6796875e0,
        0.6875e0, 0.6953125e0, 0.703125e0, 0.7109375e0, 0.71875e0, 0.7265625e0, 0.734375e0,
        0.7421875e0, 0.75e0, 0.7578125e0, 0.765625e0, 0.7734375e0, 0.78125e0, 0.7890625e0,
        0.796875e0, 0.8046875e0, 0.8125e0, 0.8203125e0, 0.828125e0, 0.8359375e0, 0.84375e0,
        0.8515625e0, 0.859375e0, 0.8671875e0, 0.875e0, 0.8828125e0, 0.890625e0, 0.8984375e0,
        0.90625e0, 0.9140625e0, 0.921875e0, 0.9296875e0, 0.9375e0, 0.9453125e0, 0.953125e0,
        0.9609375e0, 0.96875e0, 0.9765625e0, 0.984375e0, 0.9921875e0])), ARRAY[DOUBLE '0']) AS
        bounds
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
    SELECT t, level, b, CASE WHEN level >= BIGINT '3' THEN 1 ELSE 0 END AS is_spike
    FROM swept
    WHERE (next_t > t OR next_t IS NULL) AND (before IS NULL OR next_t IS NULL OR level <> before)
      AND (level >= BIGINT '3' OR before >= BIGINT '3')
  ),
  spikes_nets AS (
    SELECT b, sum(is_spike) AS nth, min(t) AS first_t
    FROM borders
    GROUP BY b
  ),
  spikes_carried AS (
    SELECT
      b,
      sum(nth) OVER (ORDER BY b ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS nth,
      lead(first_t) OVER (ORDER BY b) AS next_t
    FROM spikes_nets
  ),
  spikes_within AS (
    SELECT
      b,
      t,
      level,
      is_spike,
      sum(is_spike) OVER (PARTITION BY b ORDER BY t RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT
        ROW) AS nth,
      lead(t) OVER (PARTITION BY b ORDER BY t) AS next_t
    FROM borders
  ),
  spikes AS (
    SELECT
      w.b,
      w.t,
      w.level,
      w.is_spike,
      w.nth + coalesce(c.nth, 0) AS nth,
      coalesce(w.next_t, c.next_t) AS next_t
    FROM spikes_within w
    JOIN spikes_carried c ON w.b = c.b
  )
SELECT
  CAST(nth - 1 AS BIGINT) AS spike_id,
  t AS start_time,
  next_t AS end_time,
  next_t - t AS duration,
  CAST(level AS BIGINT) AS concurrency,
  CAST(level AS BIGINT) AS active_calls
FROM spikes
WHERE is_spike = 1
ORDER BY t;
