import type { Dialect } from "./sql/dialect.js";

/** A column of a table in a database. */
export interface SqlColumn {
  readonly name: string;
  readonly type: string;
  /** of a relation of texts: what the first of them is that is a time, if one of the first is */
  readonly holds?: "dates" | "numbers" | undefined;
}

/** What a query gave: a list for each column, all of the same length; none where there are no rows, for some databases. */
export type SqlColumns = Readonly<Partial<Record<string, readonly unknown[]>>>;

/** A table, or what reads like one: a view, or a function over files. */
export interface Relation {
  /** as it stands behind FROM, names quoted */
  readonly from: string;
  /** as a message and the summary name it */
  readonly label: string;
  /** whether it is a table of `calls`, all of which count whatever their kind */
  readonly isCalls?: boolean;
  /** whether all its columns are texts, whatever they hold, as in CSV */
  readonly isTexts?: boolean;
}

/** A database that speaks SQL. */
export interface Database {
  readonly dialect: Dialect;
  columnsOf(relation: Relation): Promise<readonly SqlColumn[]>;
  /**
   * Runs a query.
   *
   * @param table what it is for, as whoever waits is told
   * @returns whole numbers as numbers or, where these would lose digits, as BigInts
   */
  query(sql: string, table: string): Promise<SqlColumns>;
  /** Writes what a query gives to a new table or file; tells how many rows there are. */
  write(sql: string, into: string): Promise<number>;
  close(): Promise<void>;
}
