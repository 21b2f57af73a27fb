import { MISSING } from "../../formats/numbers.js";
import { NOT_FINITE } from "../../formats/time-finding.js";
import { textLiteral } from "./literals.js";

const notFinite = NOT_FINITE.flatMap((name) => ["", "+", "-"].map((sign) => textLiteral(sign + name)));
const missing = Array.from(MISSING, textLiteral);

/** Which finding it is that a text is not taken for a time, by the rules of files in memory. */
export function timeFindingSql(text: string): string {
  const bare = `lower(trim(${text}))`;
  return `CASE WHEN ${text} IS NULL THEN 'missing_time' WHEN ${bare} IN (${notFinite.join(", ")}) THEN 'nan_time' WHEN ${bare} IN (${missing.join(", ")}) THEN 'missing_time' ELSE 'unreadable_time' END`;
}
