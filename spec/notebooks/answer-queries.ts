import { readFileSync } from "node:fs";
import { dirname } from "node:path";
import { DuckDBInstance, DuckDBTypeId } from "@duckdb/node-api";
import { getQueryCachePath } from "@observablehq/notebook-kit/databases";

/** What Notebook Kit calls the types of columns. */
const typeNames: Readonly<Partial<Record<DuckDBTypeId, string>>> = {
  [DuckDBTypeId.BIGINT]: "bigint",
  [DuckDBTypeId.DOUBLE]: "number",
  [DuckDBTypeId.VARCHAR]: "string",
};

/**
 * What DuckDB answers to the SQL cells of a page, by the files where Notebook Kit looks for an answer before it asks itself. It cannot
 * ask itself: its version 2.1.8 loads no DuckDB above 1.3.
 */
export async function answerQueries(page: string): Promise<Map<string, string>> {
  const connection = await (await DuckDBInstance.create()).connect();
  await connection.run(`SET file_search_path = '${dirname(page)}'`);
  const answers = new Map<string, string>();
  for (const sql of queriesOf(readFileSync(page, "utf8"))) {
    const reader = await connection.runAndReadAll(sql);
    const schema = reader.columnNames().map((name, i) => {
      const type = typeNames[reader.columnTypeId(i)];
      if (type === undefined) throw new Error(`${page}: cast ${name} to BIGINT, DOUBLE or VARCHAR.`);
      return { name, type };
    });
    const file = await getQueryCachePath(page, "duckdb", [sql]);
    answers.set(file, `${JSON.stringify({ rows: reader.getRowObjectsJson(), schema })}\n`);
  }
  connection.closeSync();
  return answers;
}

/** The texts of SQL cells as Notebook Kit reads them: without the four spaces before each line. */
function queriesOf(html: string): string[] {
  const cells = html.matchAll(/<script type="application\/sql" database="duckdb"[^>]*>\n([^]*?)\n *<\/script>/g);
  return Array.from(cells, ([, text]) => text.replace(/^ {4}/gm, ""));
}
