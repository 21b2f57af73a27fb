/** Where in the input something was found. */
export interface Place {
  readonly file?: string | undefined;
  /** counted from 1, without the header */
  readonly row?: number | undefined;
  readonly field?: string | undefined;
}

/** An input that cannot be used: it says where, what is wrong and what to do. */
export class InputError extends Error {
  override readonly name = "InputError";
  readonly place: Place;

  constructor(message: string, place: Place = {}) {
    const where = [
      place.file,
      place.row === undefined ? undefined : `row ${place.row}`,
      place.field === undefined ? undefined : `field ${place.field}`,
    ].filter((part) => part !== undefined);
    super(where.length > 0 ? `${where.join(", ")}: ${message}` : message);
    this.place = place;
  }
}

/** A table that lacks a column, or has one of the wrong type: it names the function and the column. */
export class TableError extends Error {
  override readonly name = "TableError";
  readonly column: string | undefined;

  constructor(caller: string, message: string, column?: string) {
    super(`${caller}: ${message}`);
    this.column = column;
  }
}

/** An option or argument out of its range: it names the option and what is allowed. */
export class OptionError extends Error {
  override readonly name = "OptionError";
  readonly option: string;

  constructor(option: string, message: string) {
    super(`\`${option}\` ${message}`);
    this.option = option;
  }
}

/** What an engine could not do: it says in the engine's own words what is wrong, and the way out. */
export class EngineError extends Error {
  override readonly name = "EngineError";
  readonly engine: string;
  /** the engine's own name of what went wrong, such as `TABLE_NOT_FOUND`, where it has one */
  readonly code: string;
  /** the engine's name of the query, once it has one */
  readonly query: string | undefined;

  constructor(
    engine: string,
    code: string,
    message: string,
    { query, cause }: { readonly query?: string | undefined; readonly cause?: unknown } = {},
  ) {
    super(
      `${engine}: ${message}${query === undefined ? "" : ` (query ${query})`}`,
      cause === undefined ? {} : { cause },
    );
    this.engine = engine;
    this.code = code;
    this.query = query;
  }
}

/** What an error of somebody else says. */
export const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
