-- spike_tokens: a row is a quantity in spikes, of each team.
-- Of hive.traces.calls, for Trino; written by spikeline. Counted are LLM, TOOL.
-- Times are seconds, from where the table counts them.
WITH
  timed AS (
    SELECT
      coalesce('=' || NULLIF(CAST("team" AS VARCHAR), ''), '') AS g,
      CAST("start_time" AS DOUBLE) AS s,
      CAST("end_time" AS DOUBLE) AS e,
      upper(coalesce(NULLIF(CAST("operation_type" AS VARCHAR), ''), 'LLM')) AS kind,
      CASE
        WHEN is_finite(CAST("prompt_tokens" AS DOUBLE)) THEN CAST("prompt_tokens" AS DOUBLE) END AS
          prompt,
      CASE
        WHEN is_finite(CAST("completion_tokens" AS DOUBLE)) THEN CAST("completion_tokens" AS DOUBLE)
          END AS completion,
      coalesce(CASE WHEN is_finite(CAST("total_tokens" AS DOUBLE)) THEN CAST("total_tokens" AS
        DOUBLE) END, CASE WHEN is_finite(CAST("prompt_tokens" AS DOUBLE)) THEN CAST("prompt_tokens"
        AS DOUBLE) END + CASE WHEN is_finite(CAST("completion_tokens" AS DOUBLE)) THEN
        CAST("completion_tokens" AS DOUBLE) END) AS total
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
      CASE x WHEN 1 THEN s WHEN -1 THEN e END AS t,
      x,
      CASE WHEN prompt > 0 THEN x ELSE 0 END AS prompt_one,
      CASE WHEN prompt > 0 THEN x * prompt ELSE 0 END AS prompt_some,
      CASE WHEN total > 0 THEN x ELSE 0 END AS total_one,
      CASE WHEN total > 0 THEN x * total ELSE 0 END AS total_some
    FROM calls
    CROSS JOIN (VALUES (1), (-1)) AS arms (x)
  ),
  events AS (
    SELECT timed_events.*, width_bucket(t, (SELECT bounds FROM bounds)) AS b
    FROM timed_events
  ),
  swept_nets AS (
    SELECT
      g,
      b,
      sum(x) AS level,
      sum(prompt_one) AS prompt_calls,
      sum(prompt_some) AS prompt_tokens,
      sum(total_one) AS total_calls,
      sum(total_some) AS total_tokens,
      min(t) AS first_t
    FROM events
    GROUP BY g, b
  ),
  swept_carried AS (
    SELECT
      g,
      b,
      sum(level) OVER (PARTITION BY g ORDER BY b ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)
        AS level,
      sum(prompt_calls) OVER (PARTITION BY g ORDER BY b ROWS BETWEEN UNBOUNDED PRECEDING AND 1
        PRECEDING) AS prompt_calls,
      sum(prompt_tokens) OVER (PARTITION BY g ORDER BY b ROWS BETWEEN UNBOUNDED PRECEDING AND 1
        PRECEDING) AS prompt_tokens,
      sum(total_calls) OVER (PARTITION BY g ORDER BY b ROWS BETWEEN UNBOUNDED PRECEDING AND 1
        PRECEDING) AS total_calls,
      sum(total_tokens) OVER (PARTITION BY g ORDER BY b ROWS BETWEEN UNBOUNDED PRECEDING AND 1
        PRECEDING) AS total_tokens,
      lead(first_t) OVER (PARTITION BY g ORDER BY b) AS next_t
    FROM swept_nets
  ),
  swept_within AS (
    SELECT
      g,
      b,
      t,
      x,
      prompt_one,
      prompt_some,
      total_one,
      total_some,
      sum(x) OVER (PARTITION BY g, b ORDER BY t RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)
        AS level,
      sum(prompt_one) OVER (PARTITION BY g, b ORDER BY t RANGE BETWEEN UNBOUNDED PRECEDING AND
        CURRENT ROW) AS prompt_calls,
      sum(prompt_some) OVER (PARTITION BY g, b ORDER BY t RANGE BETWEEN UNBOUNDED PRECEDING AND
        CURRENT ROW) AS prompt_tokens,
      sum(total_one) OVER (PARTITION BY g, b ORDER BY t RANGE BETWEEN UNBOUNDED PRECEDING AND
        CURRENT ROW) AS total_calls,
      sum(total_some) OVER (PARTITION BY g, b ORDER BY t RANGE BETWEEN UNBOUNDED PRECEDING AND
        CURRENT ROW) AS total_tokens,
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
      w.x,
      w.prompt_one,
      w.prompt_some,
      w.total_one,
      w.total_some,
      w.level + coalesce(c.level, 0) AS level,
      w.prompt_calls + coalesce(c.prompt_calls, 0) AS prompt_calls,
      w.prompt_tokens + coalesce(c.prompt_tokens, 0) AS prompt_tokens,
      w.total_calls + coalesce(c.total_calls, 0) AS total_calls,
      w.total_tokens + coalesce(c.total_tokens, 0) AS total_tokens,
      CASE
        WHEN w.before IS NULL AND c.level IS NULL THEN NULL
        ELSE coalesce(w.before, 0) + coalesce(c.level, 0) END AS before,
      coalesce(w.next_t, c.next_t) AS next_t
    FROM swept_within w
    JOIN swept_carried c ON w.g = c.g AND w.b = c.b
  ),
  totals AS (
    SELECT
      g,
      CAST(coalesce(sum(CASE WHEN level >= BIGINT '3' AND (before IS NULL OR level <> before) AND
        next_t > t THEN 1 ELSE 0 END), 0) AS BIGINT) AS spikes,
      CAST(coalesce(sum(CASE WHEN level >= BIGINT '3' AND (before IS NULL OR level <> before) AND
        next_t > t THEN prompt_calls WHEN x = 1 AND level >= BIGINT '3' AND level = before THEN
        prompt_one ELSE 0 END), 0) AS DOUBLE) AS prompt_pairs,
      CAST(coalesce(sum(CASE WHEN level >= BIGINT '3' AND (before IS NULL OR level <> before) AND
        next_t > t THEN prompt_tokens WHEN x = 1 AND level >= BIGINT '3' AND level = before THEN
        prompt_some ELSE 0 END), 0) AS DOUBLE) AS prompt_tokens,
      CAST(coalesce(sum(CASE WHEN level >= BIGINT '3' AND (before IS NULL OR level <> before) AND
        next_t > t THEN total_calls WHEN x = 1 AND level >= BIGINT '3' AND level = before THEN
        total_one ELSE 0 END), 0) AS DOUBLE) AS total_pairs,
      CAST(coalesce(sum(CASE WHEN level >= BIGINT '3' AND (before IS NULL OR level <> before) AND
        next_t > t THEN total_tokens WHEN x = 1 AND level >= BIGINT '3' AND level = before THEN
        total_some ELSE 0 END), 0) AS DOUBLE) AS total_tokens
    FROM swept
    GROUP BY g
  ),
  metrics AS (
    SELECT
      g,
      1 AS place,
      'prompt_tokens' AS metric,
      CASE WHEN prompt_pairs > 0 THEN prompt_tokens / prompt_pairs ELSE 0e0 END AS mean_in_spikes,
      prompt_pairs AS pairs
    FROM totals
    UNION ALL
    SELECT
      g,
      2 AS place,
      'total_tokens' AS metric,
      CASE WHEN total_pairs > 0 THEN total_tokens / total_pairs ELSE 0e0 END AS mean_in_spikes,
      total_pairs AS pairs
    FROM totals
  )
SELECT CASE WHEN g = '' THEN NULL ELSE substr(g, 2) END AS "team", metric, mean_in_spikes, pairs
FROM metrics
ORDER BY g, place;
