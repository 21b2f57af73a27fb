import { OptionError } from "../../errors.js";

/** A text as a literal, whatever it holds. */
export function textLiteral(text: string): string {
  if (text.includes("\0")) throw new OptionError("where", "has a text with a NUL in it, which no database takes.");
  return `'${text.replaceAll("'", "''")}'`;
}

/** A number as a DOUBLE, to the last digit; both dialects read a plain 0.1 as a DECIMAL. */
export const doubleLiteral = (value: number): string => `DOUBLE '${value}'`;

/** A whole number as a BIGINT. */
export const bigintLiteral = (value: bigint | number): string => `BIGINT '${value}'`;
