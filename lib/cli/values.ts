import { InvalidArgumentError } from "commander";

/** Takes one of a few words. */
export function oneOf<T extends string>(...allowed: readonly T[]): (value: string) => T {
  return (value) => {
    const found = allowed.find((word) => word === value);
    if (found === undefined) throw new InvalidArgumentError(`It must be ${allowed.join(" or ")}.`);
    return found;
  };
}

/** Takes words with commas between. */
export function list(value: string): string[] {
  const items = value.split(",").map((item) => item.trim());
  if (items.includes("")) throw new InvalidArgumentError("It must be a list like a,b without blanks or empty places.");
  return items;
}

/** Takes a whole number. */
export function wholeNumber(value: string): number {
  if (!/^[+-]?\d+$/.test(value)) throw new InvalidArgumentError("It must be a whole number.");
  return Number(value);
}

/** Takes column=value, and those before it. */
export function equation(value: string, before: Record<string, string> = {}): Record<string, string> {
  const equals = value.indexOf("=");
  if (equals < 1) throw new InvalidArgumentError("It must be like model=NAME.");
  return { ...before, [value.slice(0, equals)]: value.slice(equals + 1) };
}
