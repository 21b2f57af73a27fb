/** A column of a table, as data: validation, CSV headers and the reference in `docs/columns.md` come from it. */
export interface Column {
  readonly name: string;
  readonly type: "int32" | "float64" | "text";
  /** of a number: "s" is seconds, "" a plain number */
  readonly unit: "s" | "tokens" | "calls" | "";
  readonly meaning: string;
  /** what stands where there is no value: NaN in numbers, null in texts */
  readonly missing: "never" | "NaN" | "null";
}

type Unit = Column["unit"];

/** A whole number that is always there. */
export const int = (name: string, unit: Unit, meaning: string): Column => ({
  name,
  type: "int32",
  unit,
  meaning,
  missing: "never",
});

/** A number that is always there. */
export const number = (name: string, unit: Unit, meaning: string): Column => ({
  name,
  type: "float64",
  unit,
  meaning,
  missing: "never",
});

/** A number that can be missing. */
export const maybeNumber = (name: string, unit: Unit, meaning: string): Column => ({
  name,
  type: "float64",
  unit,
  meaning,
  missing: "NaN",
});

/** A text that is always there. */
export const text = (name: string, meaning: string): Column => ({
  name,
  type: "text",
  unit: "",
  meaning,
  missing: "never",
});

/** A text that can be missing. */
export const maybeText = (name: string, meaning: string): Column => ({
  name,
  type: "text",
  unit: "",
  meaning,
  missing: "null",
});
