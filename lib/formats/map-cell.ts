// Maps in cells: as objects, as Parquet's lists of {key, value}, as JSON in a text, and as ClickHouse writes them into CSV: {'input':5}.
// Of the latter, values are texts, numbers and NULL; no maps or lists.
import { isRecord, type JsonObject } from "./json-value.js";

const NOTHING: JsonObject = {};

/** The map that a cell holds, `{input: "5"}` in the case above; one without entries where it holds none that can be read. */
export function mapOf(cell: unknown): JsonObject {
  if (typeof cell === "string") return cell.trimStart().startsWith("{") ? parse(cell.trim()) : NOTHING;
  if (cell instanceof Map) return Object.fromEntries(cell as Map<string, unknown>);
  if (Array.isArray(cell)) return fromPairs(cell);
  return isRecord(cell) ? cell : NOTHING;
}

function fromPairs(list: readonly unknown[]): JsonObject {
  const pairs = list.filter(isRecord).filter(({ key }) => typeof key === "string");
  return Object.fromEntries(pairs.map(({ key, value }) => [key as string, value]));
}

function parse(text: string): JsonObject {
  try {
    return JSON.parse(text) as JsonObject;
  } catch {
    return parseQuoted(text) ?? NOTHING;
  }
}

/** Reads keys in single quotes; undefined where the text is no such map. */
function parseQuoted(text: string): JsonObject | undefined {
  const entries: [key: string, value: string | null][] = [];
  let at = 1;

  const skipBlanks = () => {
    while (text[at] === " ") at++;
  };
  const readQuoted = (): string | undefined => {
    const from = ++at;
    for (; at < text.length; at++) {
      if (text[at] === "\\") at++;
      else if (text[at] === "'") return unescape(text.slice(from, at++));
    }
    return undefined;
  };
  const readBare = (): string | null | undefined => {
    const from = at;
    while (at < text.length && text[at] !== "," && text[at] !== "}") at++;
    const bare = text.slice(from, at).trim();
    if (!/^[\w.+-]+$/.test(bare)) return undefined;
    return bare === "NULL" ? null : bare;
  };

  skipBlanks();
  if (text[at] === "}") return {};
  for (; at < text.length; at++) {
    skipBlanks();
    const key = text[at] === "'" ? readQuoted() : undefined;
    skipBlanks();
    if (key === undefined || text[at++] !== ":") return undefined;
    skipBlanks();
    const value = text[at] === "'" ? readQuoted() : readBare();
    skipBlanks();
    if (value === undefined) return undefined;
    entries.push([key, value]);
    if (text[at] === "}") return at === text.length - 1 ? Object.fromEntries(entries) : undefined;
    if (text[at] !== ",") return undefined;
  }
  return undefined;
}

/** What stands for characters behind a backslash; others stand for themselves. */
const ESCAPES: ReadonlyMap<string, string> = new Map([
  ["b", "\b"],
  ["f", "\f"],
  ["n", "\n"],
  ["r", "\r"],
  ["t", "\t"],
  ["0", "\0"],
]);

const unescape = (text: string): string =>
  text.replace(/\\([^])/g, (_, escaped: string) => ESCAPES.get(escaped) ?? escaped);
