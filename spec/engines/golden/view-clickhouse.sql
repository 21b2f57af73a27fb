-- calls, made of spans of OpenTelemetry as the collector writes them into ClickHouse (otel_traces).
-- Columns read: TraceId, SpanId, ParentSpanId, SpanName, Timestamp (a timestamp), Duration (nanoseconds), StatusCode,
-- SpanAttributes (a map of texts). Of Claude Code's tools the executions count.
-- Of clickhouse.default.otel_traces, for Trino; written by spikeline. Times are seconds since 1970.
CREATE VIEW calls AS
WITH
  described AS (
    SELECT
      "TraceId" AS example,
      "SpanId" AS uuid,
      NULLIF("ParentSpanId", '') AS parent_uuid,
      "SpanName" AS span_name,
      CASE
        WHEN "SpanName" = 'claude_code.tool.execution' THEN 'TOOL'
        WHEN "SpanName" = 'claude_code.tool' THEN 'CLAUDE_CODE.TOOL'
        WHEN lower(element_at("SpanAttributes", 'gen_ai.operation.name')) IN ('chat',
          'generate_content', 'text_completion', 'llm_call') THEN 'LLM'
        WHEN lower(element_at("SpanAttributes", 'gen_ai.operation.name')) IN ('execute_tool',
          'tool_call') THEN 'TOOL'
        WHEN element_at("SpanAttributes", 'gen_ai.operation.name') <> '' THEN
          upper(element_at("SpanAttributes", 'gen_ai.operation.name'))
        WHEN element_at("SpanAttributes", 'openinference.span.kind') <> '' THEN
          upper(element_at("SpanAttributes", 'openinference.span.kind'))
        WHEN element_at("SpanAttributes", 'llm.request.type') IN ('chat', 'completion') THEN 'LLM'
        WHEN element_at("SpanAttributes", 'traceloop.span.kind') <> '' THEN
          upper(element_at("SpanAttributes", 'traceloop.span.kind'))
        WHEN element_at("SpanAttributes", 'ai.operationId') LIKE '%.doGenerate' OR
          element_at("SpanAttributes", 'ai.operationId') LIKE '%.doStream' THEN 'LLM'
        WHEN element_at("SpanAttributes", 'ai.operationId') = 'ai.toolCall' THEN 'TOOL'
        WHEN element_at("SpanAttributes", 'ai.operationId') <> '' THEN
          upper(element_at("SpanAttributes", 'ai.operationId'))
        WHEN starts_with("SpanName", 'claude_code.') AND element_at("SpanAttributes", 'span.type') =
          'llm_request' THEN 'LLM'
        WHEN starts_with("SpanName", 'claude_code.') AND element_at("SpanAttributes", 'span.type')
          <> '' THEN upper(element_at("SpanAttributes", 'span.type'))
        ELSE 'SPAN' END AS operation_type,
      coalesce(NULLIF(element_at("SpanAttributes", 'gen_ai.request.model'), ''),
        NULLIF(element_at("SpanAttributes", 'gen_ai.response.model'), ''),
        NULLIF(element_at("SpanAttributes", 'llm.model_name'), ''),
        NULLIF(element_at("SpanAttributes", 'llm.request.model_name'), ''),
        NULLIF(element_at("SpanAttributes", 'llm.response.model_name'), ''),
        NULLIF(element_at("SpanAttributes", 'ai.model.id'), ''), NULLIF(element_at("SpanAttributes",
        'model'), '')) AS model,
      coalesce(NULLIF(element_at("SpanAttributes", 'gen_ai.tool.name'), ''),
        NULLIF(element_at("SpanAttributes", 'tool.name'), ''), NULLIF(element_at("SpanAttributes",
        'ai.toolCall.name'), ''), NULLIF(element_at("SpanAttributes", 'tool_name'), '')) AS tool,
      to_unixtime("Timestamp") AS start_time,
      to_unixtime("Timestamp") + CAST("Duration" AS DOUBLE) / 1e9 AS end_time,
      coalesce(TRY_CAST(element_at("SpanAttributes", 'gen_ai.usage.input_tokens') AS DOUBLE),
        TRY_CAST(element_at("SpanAttributes", 'gen_ai.usage.prompt_tokens') AS DOUBLE),
        TRY_CAST(element_at("SpanAttributes", 'llm.token_count.prompt') AS DOUBLE),
        TRY_CAST(element_at("SpanAttributes", 'ai.usage.inputTokens') AS DOUBLE),
        TRY_CAST(element_at("SpanAttributes", 'ai.usage.promptTokens') AS DOUBLE),
        TRY_CAST(element_at("SpanAttributes", 'ai.usage.tokens') AS DOUBLE),
        TRY_CAST(element_at("SpanAttributes", 'input_tokens') AS DOUBLE) +
        coalesce(TRY_CAST(element_at("SpanAttributes", 'cache_read_tokens') AS DOUBLE), 0e0) +
        coalesce(TRY_CAST(element_at("SpanAttributes", 'cache_creation_tokens') AS DOUBLE), 0e0)) AS
        prompt_tokens,
      coalesce(TRY_CAST(element_at("SpanAttributes", 'gen_ai.usage.output_tokens') AS DOUBLE),
        TRY_CAST(element_at("SpanAttributes", 'gen_ai.usage.completion_tokens') AS DOUBLE),
        TRY_CAST(element_at("SpanAttributes", 'llm.token_count.completion') AS DOUBLE),
        TRY_CAST(element_at("SpanAttributes", 'ai.usage.outputTokens') AS DOUBLE),
        TRY_CAST(element_at("SpanAttributes", 'ai.usage.completionTokens') AS DOUBLE),
        TRY_CAST(element_at("SpanAttributes", 'output_tokens') AS DOUBLE)) AS completion_tokens,
      coalesce(TRY_CAST(element_at("SpanAttributes", 'gen_ai.usage.total_tokens') AS DOUBLE),
        TRY_CAST(element_at("SpanAttributes", 'llm.usage.total_tokens') AS DOUBLE),
        TRY_CAST(element_at("SpanAttributes", 'llm.token_count.total') AS DOUBLE),
        TRY_CAST(element_at("SpanAttributes", 'ai.usage.totalTokens') AS DOUBLE)) AS total_tokens,
      lower("StatusCode") IN ('error', 'status_code_error') OR element_at("SpanAttributes",
        'error.type') <> '' OR element_at("SpanAttributes", 'success') = 'false' AS failed
    FROM "clickhouse"."default"."otel_traces"
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
