-- calls, made of Langfuse's observations.
-- Columns read: id, trace_id, parent_observation_id, type, name, provided_model_name, level, start_time and end_time (timestamps),
-- usage_details (a map), event_ts, is_deleted. Of the versions of a row the newest holds.
-- Of clickhouse.default.observations, for Trino; written by spikeline. Times are seconds since 1970.
CREATE VIEW calls AS
WITH
  versions AS (
    SELECT
      id,
      trace_id,
      parent_observation_id,
      level,
      start_time,
      end_time,
      usage_details,
      is_deleted,
      upper(coalesce(NULLIF(type, ''), 'SPAN')) AS kind,
      NULLIF(name, '') AS own_name,
      NULLIF(provided_model_name, '') AS model,
      row_number() OVER (PARTITION BY trace_id, id ORDER BY event_ts DESC) AS nth_newest
    FROM "clickhouse"."default"."observations"
  ),
  newest AS (
    SELECT
      trace_id AS example,
      id AS uuid,
      NULLIF(parent_observation_id, '') AS parent_uuid,
      CASE kind WHEN 'GENERATION' THEN 'LLM' ELSE kind END AS operation_type,
      CASE kind
        WHEN 'TOOL' THEN coalesce(own_name, model)
        ELSE coalesce(model, own_name) END AS operation_name,
      to_unixtime(start_time) AS start_time,
      CASE kind
        WHEN 'EVENT' THEN to_unixtime(start_time)
        ELSE to_unixtime(end_time) END AS end_time,
      CAST(element_at(usage_details, 'input') AS DOUBLE) AS prompt_tokens,
      CAST(element_at(usage_details, 'output') AS DOUBLE) AS completion_tokens,
      CAST(element_at(usage_details, 'total') AS DOUBLE) AS total_tokens,
      CASE
        WHEN end_time IS NULL AND kind <> 'EVENT' THEN 'unfinished'
        WHEN upper(level) = 'ERROR' THEN 'error'
        ELSE 'ok' END AS status
    FROM versions
    WHERE nth_newest = 1 AND CAST(is_deleted AS INTEGER) = 0
  )
SELECT
  example,
  uuid,
  parent_uuid,
  operation_type,
  operation_name,
  start_time,
  end_time,
  prompt_tokens,
  completion_tokens,
  total_tokens,
  status
FROM newest;
