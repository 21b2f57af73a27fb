import { closingQuote } from "./closing-quote.js";

const [QUOTE, COMMA, LIST, LIST_END, OBJECT, OBJECT_END] = [0x22, 0x2c, 0x5b, 0x5d, 0x7b, 0x7d];
/** Lists stand no deeper that are worth a cut, however deep a document goes. */
const DEEPEST = 16;

/** A cut through a document, between two entries of a list. */
export interface Cut {
  /** where the comma between the entries stands */
  readonly at: number;
  /** what the part before the comma lacks: the ends of all that is open there */
  readonly closing: string;
  /** what has to stand before the rest again, in pieces from … to: all up to the beginning of the list, without entries of other lists */
  readonly opening: readonly (readonly [from: number, to: number])[];
}

/**
 * Finds where to cut a JSON document that is not there to its end. Both parts are documents of the shape of the whole: what stands round the
 * list is in both, each entry of any list in one. It is cut behind the last whole entry of the outermost list that has one. O(n).
 *
 * @param bytes hold the document from `from` to before `to`
 * @param isApart whether the entries of a list can be read apart; asked with the keys to it, with dots between
 * @returns undefined where there is no whole entry yet, or the entries cannot be read apart
 */
export function cutJson(
  bytes: Uint8Array,
  from: number,
  to: number,
  isApart: (path: string) => boolean,
): Cut | undefined {
  const open = openAt(bytes, from, to);
  const level = open.findIndex(({ comma }) => comma >= 0);
  if (level < 0) return undefined;
  const round = open.slice(0, level);
  const path = round.map(({ key }) => key && new TextDecoder().decode(bytes.subarray(...key)));
  if (!isApart(path.filter((key) => key !== undefined).join("."))) return undefined;
  const starts = open.slice(0, level + 1).map(({ start }) => start);
  return {
    at: open[level].comma,
    closing: starts.map((start) => (bytes[start] === LIST ? "]" : "}")).reduceRight((all, end) => all + end, ""),
    opening: withoutEntries(bytes, from, starts),
  };
}

/** An object or a list that is not closed. */
interface Open {
  readonly start: number;
  /** of a list: where the last comma between its entries stands; −1 where there is none */
  comma: number;
  /** of an object: the last text in it, which is the key of what is open in it */
  key?: [from: number, to: number];
}

/** What is open at the end, the outermost first. */
function openAt(bytes: Uint8Array, from: number, to: number): readonly Open[] {
  const open: Open[] = [];
  let depth = 0;
  eachMark(bytes, from, to, (byte, at, end) => {
    if (byte === LIST || byte === OBJECT) {
      if (depth++ < DEEPEST) open.push({ start: at, comma: -1 });
      return;
    }
    const isNear = depth <= DEEPEST;
    if (byte === LIST_END || byte === OBJECT_END) {
      if (depth > 0) depth--;
      if (isNear) open.pop();
      return;
    }
    const within = isNear ? open.at(-1) : undefined;
    if (!within) return;
    const isList = bytes[within.start] === LIST;
    if (byte === COMMA && isList) within.comma = at;
    else if (byte === QUOTE && !isList) within.key = [at + 1, end];
  });
  return open;
}

/** All up to the last of the starts, but what stands in lists that are closed before. */
function withoutEntries(bytes: Uint8Array, from: number, starts: readonly number[]): [from: number, to: number][] {
  const end = starts[starts.length - 1] + 1;
  const pieces: [from: number, to: number][] = [];
  let begin = from;
  let depth = 0; // within a list that is closed
  eachMark(bytes, from, end, (byte, at) => {
    if (byte === LIST_END || byte === OBJECT_END) {
      if (depth > 0 && --depth === 0) begin = at;
    } else if (depth > 0) {
      if (byte === LIST || byte === OBJECT) depth++;
    } else if (byte === LIST && !starts.includes(at)) {
      pieces.push([begin, at + 1]);
      depth = 1;
    }
  });
  return [...pieces, [begin, end]];
}

/** Visits brackets, commas and strings; of a string also where it ends. */
function eachMark(
  bytes: Uint8Array,
  from: number,
  to: number,
  visit: (byte: number, at: number, end: number) => void,
): void {
  for (let at = from; at < to; at++) {
    const byte = bytes[at];
    if (byte === QUOTE) {
      const end = closingQuote(bytes, at + 1, to);
      visit(byte, at, end);
      at = end;
    } else if (byte === COMMA || byte === LIST || byte === LIST_END || byte === OBJECT || byte === OBJECT_END) {
      visit(byte, at, at + 1);
    }
  }
}
