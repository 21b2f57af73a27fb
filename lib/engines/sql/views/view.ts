import type { Dialect } from "../dialect.js";

/** A table of spans as another product lays it out, and how it becomes one of calls. */
export interface View {
  /** what holds the spans, for the comment and the help */
  readonly title: string;
  /** the name of the table where nobody gives another */
  readonly table: string;
  /** what else there is to know, a line each */
  readonly notes: readonly string[];
  /** a query for the columns of calls, over what stands behind FROM */
  readonly sql: (from: string, dialect: Dialect) => string;
}

/** The columns of calls that a view has, in their order. */
export const viewColumns =
  "example, uuid, parent_uuid, operation_type, operation_name, start_time, end_time, prompt_tokens, completion_tokens, total_tokens, status";
