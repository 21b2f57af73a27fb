import { join } from "node:path";
import { type EngineTable, engineTables, usualTables } from "../engines/engine.js";
import { OptionError } from "../errors.js";
import { tableContent } from "../files/write-table.js";
import { writeFilesWhole } from "../files/write-files.js";
import { counted } from "../report/format.js";
import { hasProblems } from "../report/inspect.js";
import { jsonText } from "../report/json.js";
import { tableText } from "../report/table.js";
import { courseCells, textReport } from "../report/text.js";
import type { AnalyzeFlags } from "./analyze.js";
import { analyseOn } from "./analyze-on.js";
import { lookOf } from "./look.js";
import { problemLines } from "./outputs.js";
import { write } from "./write.js";

/** What the report of groups has of each. */
const OF_GROUPS = ["calls", "peak", "active_p90", "spikes", "spike_time", "mean_latency"];

/** `spikeline analyze` where an engine makes the tables: the same outputs, of what comes back. */
export async function analyzeElsewhere(files: readonly string[], flags: AnalyzeFlags): Promise<void> {
  const { out, format, groupBy, segments } = flags;
  if (flags.json && groupBy !== undefined)
    throw new OptionError("--json", "has no place for groups. Write their tables: --out DIR --format json.");
  const wanted = wantedTables(flags);
  const look = lookOf(process.stdout);
  // a line of the report has room for so many; the table has as many as it always has
  const bins = flags.bins ?? (out === undefined && !flags.tables ? courseCells(look.width) : undefined);
  const result = await analyseOn(files, { ...flags, ...(bins !== undefined && { bins }) }, wanted);
  const { tables } = result;

  if (out !== undefined) {
    const written = flags.tables === undefined ? usualTables : wanted.slice(0, new Set(flags.tables).size);
    await writeFilesWhole(
      written.map((name) => ({
        path: join(out, `${name}.${format}`),
        content: () => tableContent(tables[name], format),
      })),
    );
    process.stderr.write(`${counted(written.length, "table")} written to ${out}\n`);
  }
  if (segments !== undefined)
    process.stderr.write(`${counted(result.segments ?? 0, "segment")} written to ${segments}\n`);
  if (out !== undefined || flags.tables) for (const note of result.notes) process.stderr.write(`spikeline: ${note}\n`);
  if ("diagnostics" in tables) {
    process.stderr.write(problemLines(tables.diagnostics, "rows"));
    if (flags.strict && hasProblems(tables.diagnostics)) process.exitCode = 1;
  }

  if (flags.json) await write(process.stdout, jsonText(tables, false));
  else if (flags.tables && out === undefined)
    await write(process.stdout, await tableContent(tables[wanted[0]], format));
  else if (groupBy !== undefined) {
    const shown = tables.summary.select(groupBy, ...OF_GROUPS);
    await write(process.stdout, [`${tableText(shown, { ...look, rows: Infinity })}\n`]);
  } else
    await write(process.stdout, [
      textReport({ ...look, tables, mode: "default", thresholdGiven: flags.threshold !== undefined }),
    ]);
}

/**
 * The tables that are made: those that are written or printed, and what the report is of.
 *
 * @throws OptionError for a table that engines do not make, and for several without a folder to write them to
 */
function wantedTables({ tables, out, json }: AnalyzeFlags): readonly EngineTable[] {
  const known: readonly string[] = engineTables;
  const unknown = tables?.find((name) => !known.includes(name));
  if (unknown !== undefined) {
    const others = unknown === "segments" ? "segments are written by --segments; " : "";
    throw new OptionError("--tables", `names ${unknown}; ${others}engines make ${engineTables.join(", ")}.`);
  }
  if (tables && tables.length > 1 && out === undefined)
    throw new OptionError("--tables", "names several tables, and only one can go to standard output. Add --out DIR.");
  if (tables && out === undefined && !json) return [...(tables as EngineTable[]), "diagnostics"];
  return [...new Set([...((tables ?? []) as EngineTable[]), ...usualTables])];
}
