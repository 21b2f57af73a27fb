import { OptionError } from "../errors.js";
import { callsColumns } from "../tables/calls.js";
import { shortNames } from "../tables/where.js";
import { type TimeUnit, timeUnits } from "./times.js";

/** Which column of a file holds what, and in which unit: by the name in `calls`. */
export type ColumnMap = ReadonlyMap<string, { readonly from: string; readonly unit?: TimeUnit }>;

const readable = [...callsColumns.map((column) => column.name).filter((name) => name !== "depth"), "source", "row"];
const timed = new Set(["start_time", "end_time", "duration"]);

/**
 * Reads a mapping of columns: `start_time=ts:ms,duration=latency:ms,example=session,name=model`. Left stands the column of `calls`, or a short
 * name (start, end, name, model, kind, id, parent), right the column of the file and, for times, its unit: s, ms, us, ns or iso.
 *
 * @throws OptionError for an unknown column or unit
 * @example
 * parseColumns("start=ts:ms").get("start_time"); // { from: "ts", unit: "ms" }
 */
export function parseColumns(text: string): ColumnMap {
  const map = new Map<string, { from: string; unit?: TimeUnit }>();
  for (const part of text.split(",")) {
    const equals = part.indexOf("=");
    const given = part.slice(0, equals).trim();
    const name = shortNames.get(given) ?? given;
    if (equals < 1)
      throw new OptionError(
        "columns",
        `must be like start_time=ts:ms,name=model; ${JSON.stringify(part)} has no name before an \`=\`.`,
      );
    if (!readable.includes(name)) {
      throw new OptionError(
        "columns",
        `names ${given}, which is no column of calls; there are ${readable.join(", ")}.`,
      );
    }
    const right = part.slice(equals + 1).trim();
    if (right === "" || right.startsWith(":"))
      throw new OptionError("columns", `names no column of the file for ${given}. Write ${given}=NAME.`);
    const colon = right.lastIndexOf(":");
    if (!timed.has(name) || colon < 0) {
      map.set(name, { from: right });
      continue;
    }
    const unit = right.slice(colon + 1) as TimeUnit;
    if (!timeUnits.includes(unit) || (name === "duration" && unit === "iso")) {
      throw new OptionError(
        "columns",
        `gives ${name} the unit ${JSON.stringify(unit)}; there are ${timeUnits.join(", ")}.`,
      );
    }
    map.set(name, { from: right.slice(0, colon), unit });
  }
  return map;
}
