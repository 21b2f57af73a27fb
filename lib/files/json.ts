import { InputError } from "../errors.js";

/**
 * Parses JSON as Python writes it: bare `NaN`, `Infinity` and `-Infinity` are read, as null and as numbers beyond all others.
 *
 * @param text a whole document
 * @param file its name, for messages
 * @throws InputError if the text is empty, cut off or not JSON
 */
export function parseJson(text: string, file: string | undefined): unknown {
  if (text.trim() === "") throw new InputError("the file is empty. Give a file that holds a trace.", { file });
  try {
    return JSON.parse(text);
  } catch (first) {
    const readable = bareNumbers(text);
    if (readable !== undefined) {
      try {
        return JSON.parse(readable);
      } catch (second) {
        throw notJson(second, readable, file);
      }
    }
    throw notJson(first, text, file);
  }
}

/** The text with bare NaN and Infinity replaced, outside strings; undefined where there are none. O(n). */
function bareNumbers(text: string): string | undefined {
  const pieces: string[] = [];
  let copied = 0;
  let at = 0;
  while (at < text.length) {
    const quote = indexOrEnd(text, '"', at);
    // outside a string
    for (const match of text.slice(at, quote).matchAll(/-?\bInfinity\b|\bNaN\b/g)) {
      const from = at + match.index;
      const word = match[0];
      pieces.push(text.slice(copied, from), word === "NaN" ? "null" : word === "Infinity" ? "1e999" : "-1e999");
      copied = from + word.length;
    }
    // on to the end of the string: a quote with an even number of backslashes before it
    at = quote + 1;
    for (; at < text.length; at++) {
      at = indexOrEnd(text, '"', at);
      let backslashes = 0;
      while (text.charCodeAt(at - 1 - backslashes) === 92) backslashes++;
      if (backslashes % 2 === 0) break;
    }
    at++;
  }
  return pieces.length > 0 ? [...pieces, text.slice(copied)].join("") : undefined;
}

function indexOrEnd(text: string, searched: string, from: number): number {
  const found = text.indexOf(searched, from);
  return found < 0 ? text.length : found;
}

function notJson(error: unknown, text: string, file: string | undefined): InputError {
  const reason = error instanceof Error ? error.message : String(error);
  const position = /position (\d+)/.exec(reason);
  const cut =
    /Unexpected end|Unterminated/.test(reason) || (position !== null && Number(position[1]) >= text.trimEnd().length);
  if (cut)
    return new InputError("the JSON breaks off before its end. Was the file written to the end, and copied whole?", {
      file,
    });
  const line = position ? text.slice(0, Number(position[1])).split("\n").length : undefined;
  const where = line === undefined ? "" : ` (line ${line})`;
  return new InputError(
    `this is not JSON: ${reason.replace(/ in JSON at position \d+.*/s, "").replace(/\s+/g, " ")}${where}. Mend the file, or write it anew.`,
    { file },
  );
}
