import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { ColumnTable } from "arquero";
import type { TrinoClient } from "../../../lib/engines/trino-client.js";
import { typedColumns } from "../../../lib/exports/typed-column.js";
import { tableContent } from "../../../lib/files/write-table.js";
import { catalogs, warehouse } from "./config.js";

/** Tables of the cluster that are Parquet files of this machine. */
export function labTables(client: TrinoClient, prefix: string) {
  const names: string[] = [];
  let n = 0;
  const schema = `${catalogs.files}.lab`;
  return {
    /** The name of a table that is not there yet; it is dropped in the end. */
    name(): string {
      const name = `${prefix}_${++n}`;
      names.push(name);
      return `${schema}.${name}`;
    },
    /** Lays a table there and returns its name. */
    async put(table: ColumnTable): Promise<string> {
      const full = this.name();
      const name = full.slice(schema.length + 1);
      const folder = join(warehouse, name);
      mkdirSync(folder, { recursive: true });
      for (const piece of await tableContent(table, "parquet")) writeFileSync(join(folder, "0.parquet"), piece);
      const columns = typedColumns(table).map(([column, { type }]) => `"${column}" ${types[type] ?? "varchar"}`);
      await client.query(`CREATE SCHEMA IF NOT EXISTS ${schema}`);
      await client.query(`DROP TABLE IF EXISTS ${full}`);
      await client.query(
        `CREATE TABLE ${full} (${columns.join(", ")}) WITH (format = 'PARQUET', external_location = 'local:///${name}')`,
      );
      return full;
    },
    async dropAll(): Promise<void> {
      for (const name of names.splice(0)) {
        await client.query(`DROP TABLE IF EXISTS ${schema}.${name}`);
        rmSync(join(warehouse, name), { recursive: true, force: true });
      }
    },
  };
}

const types: Readonly<Record<string, string>> = { int32: "integer", float64: "double" };
