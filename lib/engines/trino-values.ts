/** The type of a column as the server tells it, with the types in it. */
export interface TypeSignature {
  readonly rawType: string;
  readonly arguments?: readonly { readonly kind: string; readonly value: unknown }[];
}

/** Makes a value of what JSON had; undefined where it stays what it is. */
type Conversion = ((value: unknown) => unknown) | undefined;

/**
 * How the values of a type are made of what the JSON of a page has. Whole numbers are numbers up to 2^53, else BigInts; DOUBLE and REAL are numbers, NaN
 * and Infinity too; arrays, maps and rows hold the like, rows as lists, maps as objects with texts as keys. All else is what it was: decimals and times texts.
 */
export function conversionOf(signature: TypeSignature): Conversion {
  const inner = (signature.arguments ?? []).map(argumentOf);
  switch (signature.rawType) {
    case "tinyint":
    case "smallint":
    case "integer":
    case "bigint":
      return orNull(whole);
    case "real":
    case "double":
      return orNull(Number);
    case "array": {
      const [convert] = inner;
      return convert && orNull((value) => (value as unknown[]).map(convert));
    }
    case "map": {
      const convert = inner[1];
      return (
        convert &&
        orNull((value) =>
          Object.fromEntries(Object.entries(value as object).map(([key, entry]) => [key, convert(entry)])),
        )
      );
    }
    case "row":
      return inner.some((convert) => convert !== undefined)
        ? orNull((value) => (value as unknown[]).map((field, k) => (inner[k] ? inner[k](field) : field)))
        : undefined;
    default:
      return undefined;
  }
}

const orNull =
  (convert: (value: unknown) => unknown): Conversion =>
  (value) =>
    value === null ? null : convert(value);

/** A text where it had too many digits for a float, or may have had. */
function whole(value: unknown): number | bigint {
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : BigInt(value as string);
}

function argumentOf({ kind, value }: { readonly kind: string; readonly value: unknown }): Conversion {
  if (kind === "TYPE") return conversionOf(value as TypeSignature);
  if (kind === "NAMED_TYPE") return conversionOf((value as { typeSignature: TypeSignature }).typeSignature);
  return undefined; // a length or a precision
}
