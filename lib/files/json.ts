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

function notJson(error: unknown, text: string, file: string | undefined, firstLine: number): InputError {
  const reason = reasonOf(error);
  const position = /position (\d+)/.exec(reason);
  const line = firstLine - 1 + text.slice(0, position ? Number(position[1]) : undefined).split("\n").length;
  return new InputError(
    `this is not JSON: ${reason.replace(/ in JSON at position \d+.*/s, "").replace(/\s+/g, " ")} (line ${line}). Mend the file, or write it anew.`,
    { file },
  );
}
