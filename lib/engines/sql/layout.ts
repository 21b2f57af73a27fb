/** Words that begin a line of their own. */
const CLAUSES = new Set(["SELECT", "FROM", "WHERE", "GROUP", "ORDER", "CROSS", "JOIN", "UNION", "LIMIT"]);
/** Behind these, another of them goes on in the same line: CROSS JOIN. */
const HEADS = new Set(["CROSS"]);
/** Words between blanks; a text or a name in quotes is one, whatever is in it. */
const WORD = /(?:'(?:[^']|'')*'|"(?:[^"]|"")*"|[^\s'"])+/g;
const QUOTED = /'(?:[^']|'')*'|"(?:[^"]|"")*"/g;
const WIDTH = 110;

/**
 * A query of `query()` to be read: each step, and each clause of a step, on a line of its own, long lines broken between words. Only blanks change.
 */
export function laidOut(sql: string): string {
  const lines: string[] = [];
  let line = "";
  let indent = 0; // of the clause
  let depth = 0;
  let step = 0; // the depth in the parentheses of a step; 0 outside
  let outside = 0; // the indent of what stands outside of them

  const next = (width: number) => {
    if (line.trim() !== "") lines.push(line.trimEnd());
    indent = width;
    line = " ".repeat(width);
  };
  const add = (word: string) => {
    if (line.trim() !== "" && line.length + word.length > WIDTH) {
      const clause = indent;
      next(clause + 2);
      indent = clause;
    }
    line += `${word} `;
  };

  let before = "";
  for (const [word] of sql.matchAll(WORD)) {
    const opens = step === 0 && /^\((?:SELECT|VALUES)$/.test(word);
    const isClause = depth === step && CLAUSES.has(word) && !HEADS.has(before);
    const closing = step > 0 ? closingAt(word, depth) : -1;
    if (isClause) {
      if (depth === 0) outside = 0;
      next(step > 0 ? outside + 2 : 0);
    }
    if (opens) {
      line += "(";
      next(outside + 2);
      add(word.slice(1));
      step = 1;
    } else if (closing >= 0) {
      if (closing > 0) add(word.slice(0, closing));
      next(outside);
      add(word.slice(closing));
      step = 0;
      if (word.endsWith(",")) next(outside);
    } else add(word);
    if (word === "WITH") {
      outside = 2;
      next(outside);
    }
    depth += depthOf(word);
    before = word;
  }
  next(0);
  return lines.join("\n");
}

/** By how much a word opens more than it closes. */
function depthOf(word: string): number {
  const bare = word.replace(QUOTED, "");
  return bare.split("(").length - bare.split(")").length;
}

/** Where in a word the parenthesis closes that a step began with; −1 where it does not. */
function closingAt(word: string, depth: number): number {
  const bare = word.replace(QUOTED, (quoted) => "x".repeat(quoted.length));
  for (let i = 0, open = depth; i < bare.length; i++) {
    if (bare[i] === "(") open++;
    else if (bare[i] === ")" && --open === 0) return i;
  }
  return -1;
}
