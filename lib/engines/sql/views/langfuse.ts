// Langfuse's table `observations` (github.com/langfuse/langfuse, packages/shared/clickhouse), in ClickHouse or as it was exported: it keeps all versions
// of a row until it is merged, and the one with the greatest event_ts holds.
import { query } from "../query.js";
import { viewColumns, type View } from "./view.js";

export const langfuse: View = {
  title: "Langfuse's observations",
  table: "observations",
  notes: [
    "Columns read: id, trace_id, parent_observation_id, type, name, provided_model_name, level, start_time and end_time (timestamps),",
    "usage_details (a map), event_ts, is_deleted. Of the versions of a row the newest holds.",
  ],
  sql: (from, dialect) => {
    const tokens = (key: string) => `CAST(${dialect.entryOf("usage_details", key)} AS DOUBLE)`;
    const start = dialect.secondsOf("start_time");
    const columns = {
      example: "trace_id",
      uuid: "id",
      parent_uuid: "NULLIF(parent_observation_id, '')",
      operation_type: `CASE kind WHEN 'GENERATION' THEN 'LLM' ELSE kind END`,
      operation_name: `CASE kind WHEN 'TOOL' THEN coalesce(own_name, model) ELSE coalesce(model, own_name) END`,
      start_time: start,
      // an event has no duration
      end_time: `CASE kind WHEN 'EVENT' THEN ${start} ELSE ${dialect.secondsOf("end_time")} END`,
      prompt_tokens: tokens("input"),
      completion_tokens: tokens("output"),
      total_tokens: tokens("total"),
      status: `CASE WHEN end_time IS NULL AND kind <> 'EVENT' THEN 'unfinished' WHEN upper(level) = 'ERROR' THEN 'error' ELSE 'ok' END`,
    };
    // by name: a table of that many columns has some that are called as ours are
    const own = [
      ...["id", "trace_id", "parent_observation_id", "level", "start_time", "end_time", "usage_details", "is_deleted"],
      "upper(coalesce(NULLIF(type, ''), 'SPAN')) AS kind",
      "NULLIF(name, '') AS own_name",
      "NULLIF(provided_model_name, '') AS model",
      "row_number() OVER (PARTITION BY trace_id, id ORDER BY event_ts DESC) AS nth_newest",
    ];
    const selected = Object.entries(columns).map(([name, sql]) => `${sql} AS ${name}`);
    return query(
      [
        `versions AS (SELECT ${own.join(", ")} FROM ${from})`,
        `newest AS (SELECT ${selected.join(", ")} FROM versions WHERE nth_newest = 1 AND CAST(is_deleted AS INTEGER) = 0)`,
      ],
      `SELECT ${viewColumns} FROM newest`,
    );
  },
};
