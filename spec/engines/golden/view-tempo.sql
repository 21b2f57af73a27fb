-- calls, made of blocks of Grafana Tempo in vParquet4, a row a trace.
-- Columns read: TraceIDText, and of rs[].ss[].Spans[] SpanID, ParentSpanID, Name, StartTimeUnixNano, DurationNano, StatusCode,
-- Attrs[] with Key, Value, ValueInt, ValueDouble and ValueBool. Attributes that a block keeps in dedicated columns are not read.
-- Of Claude Code's tools the executions count.
-- Of hive.tempo.blocks, for Trino; written by spikeline. Times are seconds since 1970.
CREATE VIEW calls AS
WITH
  taken_apart AS (
    SELECT
      "TraceIDText" AS example,
      span_id,
      parent_id,
      name,
      start_ns,
      duration_ns,
      status_code,
      attrs
    FROM "hive"."tempo"."blocks"
    CROSS JOIN UNNEST(flatten(transform(rs, r -> flatten(transform(r.ss, s -> transform(s."Spans", x
      -> ROW(x."SpanID", x."ParentSpanID", x."Name", x."StartTimeUnixNano", x."DurationNano",
      x."StatusCode", x."Attrs"))))))) AS u (span_id, parent_id, name, start_ns, duration_ns,
      status_code, attrs)
  ),
  spans AS (
    SELECT
      taken_apart.*,
      transform_values(multimap_from_entries(transform(attrs, a -> ROW(a."Key",
        coalesce(element_at(a."Value", 1), CAST(element_at(a."ValueInt", 1) AS VARCHAR),
        CAST(element_at(a."ValueDouble", 1) AS VARCHAR), CAST(element_at(a."ValueBool", 1) AS
        VARCHAR))))), (k, v) -> v[1]) AS texts
    FROM taken_apart
  ),
  described AS (
    SELECT
      example AS example,
      lower(to_hex(span_id)) AS uuid,
      NULLIF(lower(to_hex(parent_id)), '') AS parent_uuid,
      name AS span_name,
      CASE
        WHEN name = 'claude_code.tool.execution' THEN 'TOOL'
        WHEN name = 'claude_code.tool' THEN 'CLAUDE_CODE.TOOL'
        WHEN lower(element_at(texts, 'gen_ai.operation.name')) IN ('chat', 'generate_content',
          'text_completion', 'llm_call') THEN 'LLM'
        WHEN lower(element_at(texts, 'gen_ai.operation.name')) IN ('execute_tool', 'tool_call') THEN
          'TOOL'
        WHEN element_at(texts, 'gen_ai.operation.name') <> '' THEN upper(element_at(texts,
          'gen_ai.operation.name'))
        WHEN element_at(texts, 'openinference.span.kind') <> '' THEN upper(element_at(texts,
          'openinference.span.kind'))
        WHEN element_at(texts, 'llm.request.type') IN ('chat', 'completion') THEN 'LLM'
        WHEN element_at(texts, 'traceloop.span.kind') <> '' THEN upper(element_at(texts,
          'traceloop.span.kind'))
        WHEN element_at(texts, 'ai.operationId') LIKE '%.doGenerate' OR element_at(texts,
          'ai.operationId') LIKE '%.doStream' THEN 'LLM'
        WHEN element_at(texts, 'ai.operationId') = 'ai.toolCall' THEN 'TOOL'
        WHEN element_at(texts, 'ai.operationId') <> '' THEN upper(element_at(texts,
          'ai.operationId'))
        WHEN starts_with(name, 'claude_code.') AND element_at(texts, 'span.type') = 'llm_request'
          THEN 'LLM'
        WHEN starts_with(name, 'claude_code.') AND element_at(texts, 'span.type') <> '' THEN
          upper(element_at(texts, 'span.type'))
        ELSE 'SPAN' END AS operation_type,
      coalesce(NULLIF(element_at(texts, 'gen_ai.request.model'), ''), NULLIF(element_at(texts,
        'gen_ai.response.model'), ''), NULLIF(element_at(texts, 'llm.model_name'), ''),
        NULLIF(element_at(texts, 'llm.request.model_name'), ''), NULLIF(element_at(texts,
        'llm.response.model_name'), ''), NULLIF(element_at(texts, 'ai.model.id'), ''),
        NULLIF(element_at(texts, 'model'), '')) AS model,
      coalesce(NULLIF(element_at(texts, 'gen_ai.tool.name'), ''), NULLIF(element_at(texts,
        'tool.name'), ''), NULLIF(element_at(texts, 'ai.toolCall.name'), ''),
        NULLIF(element_at(texts, 'tool_name'), '')) AS tool,
      CAST(start_ns / 1000 AS DOUBLE) / 1e6 AS start_time,
      CAST(start_ns / 1000 AS DOUBLE) / 1e6 + CAST(duration_ns AS DOUBLE) / 1e9 AS end_time,
      coalesce(TRY_CAST(element_at(texts, 'gen_ai.usage.input_tokens') AS DOUBLE),
        TRY_CAST(element_at(texts, 'gen_ai.usage.prompt_tokens') AS DOUBLE),
        TRY_CAST(element_at(texts, 'llm.token_count.prompt') AS DOUBLE), TRY_CAST(element_at(texts,
        'ai.usage.inputTokens') AS DOUBLE), TRY_CAST(element_at(texts, 'ai.usage.promptTokens') AS
        DOUBLE), TRY_CAST(element_at(texts, 'ai.usage.tokens') AS DOUBLE),
        TRY_CAST(element_at(texts, 'input_tokens') AS DOUBLE) + coalesce(TRY_CAST(element_at(texts,
        'cache_read_tokens') AS DOUBLE), 0e0) + coalesce(TRY_CAST(element_at(texts,
        'cache_creation_tokens') AS DOUBLE), 0e0)) AS prompt_tokens,
      coalesce(TRY_CAST(element_at(texts, 'gen_ai.usage.output_tokens') AS DOUBLE),
        TRY_CAST(element_at(texts, 'gen_ai.usage.completion_tokens') AS DOUBLE),
        TRY_CAST(element_at(texts, 'llm.token_count.completion') AS DOUBLE),
        TRY_CAST(element_at(texts, 'ai.usage.outputTokens') AS DOUBLE), TRY_CAST(element_at(texts,
        'ai.usage.completionTokens') AS DOUBLE), TRY_CAST(element_at(texts, 'output_tokens') AS
        DOUBLE)) AS completion_tokens,
      coalesce(TRY_CAST(element_at(texts, 'gen_ai.usage.total_tokens') AS DOUBLE),
        TRY_CAST(element_at(texts, 'llm.usage.total_tokens') AS DOUBLE), TRY_CAST(element_at(texts,
        'llm.token_count.total') AS DOUBLE), TRY_CAST(element_at(texts, 'ai.usage.totalTokens') AS
        DOUBLE)) AS total_tokens,
      status_code = 2 OR element_at(texts, 'error.type') <> '' OR element_at(texts, 'success') =
        'false' AS failed
    FROM spans
  )
SELECT
  example,
  uuid,
  parent_uuid,
  operation_type,
  coalesce(CASE operation_type WHEN 'LLM' THEN model WHEN 'TOOL' THEN tool END, span_name) AS
    operation_name,
  start_time,
  end_time,
  prompt_tokens,
  completion_tokens,
  total_tokens,
  CASE WHEN end_time IS NULL THEN 'unfinished' WHEN failed THEN 'error' ELSE 'ok' END AS status
FROM described;
