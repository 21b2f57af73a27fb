-- diagnostics: a row is a kind of finding in the input.
-- Of hive.traces.calls, for Trino; written by spikeline.
WITH
  timed AS (
    SELECT
      CAST("start_time" AS DOUBLE) AS s,
      CAST("end_time" AS DOUBLE) AS e,
      upper(coalesce(NULLIF(CAST("operation_type" AS VARCHAR), ''), 'LLM')) AS kind,
      CASE WHEN CAST("status" AS VARCHAR) = 'unfinished' THEN 1 ELSE 0 END AS unfinished
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
  findings AS (
    SELECT
      CASE
        WHEN code = 'counted' AND unfinished = 1 THEN 'unfinished'
        WHEN code <> 'other_kind' THEN code
        WHEN kind IN ('LLM', 'TOOL', 'WORKFLOW', 'TASK', 'FUNCTION', 'CUSTOM', 'SPAN', 'TTC',
          'CHAIN', 'RETRIEVER', 'EMBEDDING', 'AGENT', 'RERANKER', 'GUARDRAIL', 'EVALUATOR',
          'PROMPT', 'UNKNOWN', 'EMBEDDINGS', 'RETRIEVAL', 'CREATE_AGENT', 'INVOKE_AGENT',
          'INVOKE_WORKFLOW', 'PLAN', 'CREATE_MEMORY', 'UPDATE_MEMORY', 'UPSERT_MEMORY',
          'DELETE_MEMORY', 'SEARCH_MEMORY', 'CREATE_MEMORY_STORE', 'DELETE_MEMORY_STORE', 'EVENT',
          'PARSER', 'AGENT_CALL', 'SCHEDULE_TOOL_CALLS', 'USER_PROMPT', 'INTERACTION',
          'TOOL.EXECUTION', 'TOOL.BLOCKED_ON_USER') OR kind LIKE 'AI.%' THEN 'ignored'
        ELSE 'unknown_kind' END AS code,
      CASE WHEN code = 'other_kind' THEN kind END AS example
    FROM rows_read
  )
SELECT code, count(*) AS events, min(example) AS example
FROM findings
GROUP BY code
ORDER BY code;
