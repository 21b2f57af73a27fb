/** No text holds it: it is no character. */
const MARK = "\uffffNaN";

/** What a bare NaN becomes for `JSON.parse`, which knows none: no key, and nothing that anybody writes. */
export const BARE_NAN = JSON.stringify([MARK]);

/** The document with NaN where it stood; changed in place. O(values), without recursion. */
export function withNaN(document: unknown): unknown {
  const top = [document];
  const waiting: object[] = [top];
  for (let holder = waiting.pop(); holder; holder = waiting.pop()) {
    const values = holder as Record<string, unknown>;
    for (const key of Object.keys(values)) {
      const value = values[key];
      if (isMark(value)) values[key] = NaN;
      else if (typeof value === "object" && value !== null) waiting.push(value);
    }
  }
  return top[0];
}

const isMark = (value: unknown): boolean => Array.isArray(value) && value.length === 1 && value[0] === MARK;
