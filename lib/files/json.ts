import { InputError, reasonOf } from "../errors.js";

/**
 * Parses a document.
 *
 * @param text the document
 * @param file its name, for messages
 * @param line the line of the file that it begins in
 * @throws InputError if the text is cut off or not JSON
 */
export function parseJson(text: string, file: string | undefined, line: number): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw notJson(error, text, file, line);
  }
}

/** Says that a file ends too early. */
export const brokenOff = (file: string | undefined): InputError =>
  new InputError("the JSON breaks off before its end. Was the file written to the end, and copied whole?", { file });

/** Says that a comma stands behind the last entry of a list, or the last value of an object, as Python and JavaScript take it. */
export const strayComma = (file: string | undefined, line: number): InputError =>
  new InputError(
    `this is not JSON: a comma with nothing behind it but the end of its list or object (line ${line}). Take it out, or write the file anew.`,
    { file },
  );

/** Where what closes a list or an object stands right behind a comma; −1 where that is nowhere so. */
function closedBehindComma(text: string): number {
  let isBehindComma = false;
  for (let at = 0; at < text.length; at++) {
    const letter = text[at];
    if (isBehindComma && (letter === "]" || letter === "}")) return at;
    if (letter.trim() !== "") isBehindComma = letter === ",";
    if (letter === '"') for (at++; at < text.length && text[at] !== '"'; at++) if (text[at] === "\\") at++;
  }
  return -1;
}

function notJson(error: unknown, text: string, file: string | undefined, firstLine: number): InputError {
  const reason = reasonOf(error);
  const end = /^Unexpected token '[\]}]'|property name/.test(reason) ? closedBehindComma(text) : -1;
  if (end >= 0) return strayComma(file, firstLine - 1 + text.slice(0, end).split("\n").length);
  const position = /position (\d+)/.exec(reason);
  const line = firstLine - 1 + text.slice(0, position ? Number(position[1]) : undefined).split("\n").length;
  return new InputError(
    `this is not JSON: ${reason.replace(/ in JSON at position \d+.*/s, "").replace(/\s+/g, " ")} (line ${line}). Mend the file, or write it anew.`,
    { file },
  );
}
