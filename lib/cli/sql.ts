import { type Command, InvalidArgumentError } from "commander";
import type { SqlDialect, SqlTable, TableSqlOptions } from "../engines/table-sql.js";
import type { SqlView } from "../engines/view-sql.js";
import { OptionError } from "../errors.js";
import { equation, list, oneOf, wholeNumber } from "./values.js";
import { write } from "./write.js";

type TableFlags = Omit<TableSqlOptions, "dialect" | "from">;

interface Flags extends TableFlags {
  readonly dialect: SqlDialect;
  readonly from?: string;
  readonly view?: SqlView;
}

const examples = `
Examples:
  spikeline sql distribution --dialect trino --from hive.traces.calls --columns start=ts:ms,end=te:ms
  spikeline sql spikes --dialect duckdb --from 'calls/*.parquet' --threshold 12 | duckdb
  spikeline sql bins --dialect trino --window 0..3600 --bins 60 --group-by team
  spikeline sql --view clickhouse --dialect trino --from clickhouse.default.otel_traces`;

/** Adds `spikeline sql`. What it needs is loaded when it runs, so that --help does not wait for it. */
export function sqlCommand(program: Command): void {
  program
    .command("sql")
    .summary("the SQL that makes a table, to run elsewhere")
    .description("Prints the SQL that makes a table of calls, or a view of calls over the spans of another product.")
    .argument(
      "[table]",
      "distribution, tokens_in_flight, latency_by_concurrency, spikes, spike_tokens, segments, bins or diagnostics",
    )
    .requiredOption("--dialect <name>", "whose SQL: trino or duckdb", oneOf<SqlDialect>("trino", "duckdb"))
    .option("--from <name>", "the table that it reads; for duckdb also files, like 'calls/*.parquet' (else: calls)")
    .option(
      "--columns <a=b:unit,...>",
      "which columns hold what (else: those that convert writes); units: s, ms, us, ns, iso",
    )
    .option("--kinds <a,b>", "kinds of operation that count (else: LLM,TOOL)", list)
    .option("--where <column=value>", "only calls with this value; can be given several times", equation)
    .option("--group-by <column>", "each value of this column by itself")
    .option("--threshold <n>", "of spikes and spike_tokens: calls in flight from which on it is a spike", wholeNumber)
    .option("--bins <n>", "of bins: how many (else: 100)", wholeNumber)
    .option("--window <from..to>", "of bins: the time that they are of, in seconds", seconds)
    .option(
      "--view <name>",
      "CREATE VIEW calls instead: over clickhouse (otel_traces), otel (any table with its names), tempo (vParquet4) or langfuse (observations)",
    )
    .addHelpText("after", examples)
    .action(sql);
}

async function sql(table: string | undefined, flags: Flags): Promise<void> {
  await write(process.stdout, [await sqlText(table, flags)]);
}

async function sqlText(table: string | undefined, { dialect, from, view, ...others }: Flags): Promise<string> {
  const where = { dialect, ...(from !== undefined && { from }) };
  if (view === undefined) {
    if (table === undefined) throw new OptionError("<table>", "is missing. Name one, like distribution, or a --view.");
    const { tableSql } = await import("../engines/table-sql.js");
    return tableSql(table as SqlTable, { ...where, ...others });
  }
  const flag = table ?? Object.keys(others).at(0);
  if (flag !== undefined)
    throw new OptionError(
      "--view",
      `goes with --dialect and --from only, not with ${flag}: it has all calls. Print a table of it then.`,
    );
  const { viewSql } = await import("../engines/view-sql.js");
  return viewSql(view, where);
}

function seconds(value: string): [number, number] {
  const ends = value.split("..").map((end) => (end.trim() === "" ? NaN : Number(end)));
  if (ends.length !== 2 || !ends.every(Number.isFinite))
    throw new InvalidArgumentError("It must be seconds as the table has them, like 0..3600.");
  return [ends[0], ends[1]];
}
