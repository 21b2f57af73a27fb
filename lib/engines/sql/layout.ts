/** Words that begin a clause, which has a line of its own. */
const CLAUSES = new Set(["WITH", "SELECT", "FROM", "WHERE", "GROUP", "ORDER", "CROSS", "JOIN", "UNION", "VALUES"]);
/** Words between blanks; a text or a name in quotes is within one, whatever it holds. */
const WORD = /(?:'(?:[^']|'')*'|"(?:[^"]|"")*"|[^\s'"])+/g;
const QUOTED = /'(?:[^']|'')*'|"(?:[^"]|"")*"/g;
const WIDTH = 100;

/**
 * A query of `query()` to be read: each step, each clause of it, and each column of a long SELECT on a line of its own. Only blanks change.
 */
export function laidOut(sql: string): string {
  const lines: string[] = [];
  let clause: string[] = [];
  let depth = 0;
  let isWithin = false; // within the parentheses of a step
  let isSteps = false; // before the last SELECT
  const indent = () => (isSteps ? 2 : 0) + (isWithin ? 2 : 0);
  const end = () => {
    lines.push(...clauseLines(clause, indent()));
    clause = [];
  };

  for (const [word] of sql.matchAll(WORD)) {
    const after = depth + depthOf(word);
    if (isWithin && after === 0) {
      const at = closingAt(word, depth);
      if (at > 0) clause.push(word.slice(0, at));
      end();
      isWithin = false;
      clause.push(word.slice(at));
      if (word.endsWith(",")) end();
    } else if (depth === 0 && isSteps && /^\((?:SELECT|VALUES)$/.test(word)) {
      clause.push("(");
      end();
      isWithin = true;
      clause.push(word.slice(1));
    } else {
      if (depth === (isWithin ? 1 : 0) && CLAUSES.has(word) && clause.at(-1) !== "CROSS") {
        end();
        if (!isWithin) isSteps = false;
      }
      clause.push(word);
      if (word === "WITH") {
        end();
        isSteps = true;
      }
    }
    depth = after;
  }
  end();
  return lines.join("\n");
}

/** A clause on one line if it fits; else what a SELECT selects on lines of their own, and all else broken between words. */
function clauseLines(words: readonly string[], indent: number): string[] {
  if (words.length === 0) return [];
  const blank = " ".repeat(indent);
  const whole = blank + words.join(" ");
  if (whole.length <= WIDTH) return [whole];
  if (words[0] !== "SELECT") return filled(words, indent);
  const lines = [`${blank}SELECT`];
  let depth = 0;
  let item: string[] = [];
  for (const word of words.slice(1)) {
    item.push(word);
    depth += depthOf(word);
    if (depth > 0 || !word.endsWith(",")) continue;
    lines.push(...itemLines(item, indent + 2));
    item = [];
  }
  return [...lines, ...itemLines(item, indent + 2)];
}

/** What is selected; of a CASE that does not fit on a line each WHEN on one. */
function itemLines(words: readonly string[], indent: number): string[] {
  const isShort = indent + words.join(" ").length <= WIDTH;
  const lines: string[] = [];
  let part: string[] = [];
  let depth = 0;
  for (const word of words) {
    if (!isShort && depth === 0 && (word === "WHEN" || word === "ELSE")) {
      lines.push(...filled(part, lines.length === 0 ? indent : indent + 2));
      part = [];
    }
    part.push(word);
    depth += depthOf(word);
  }
  return [...lines, ...filled(part, lines.length === 0 ? indent : indent + 2)];
}

function filled(words: readonly string[], indent: number): string[] {
  const lines: string[] = [];
  let line = " ".repeat(indent) + words[0];
  for (const word of words.slice(1)) {
    if (line.length + 1 + word.length <= WIDTH) line += ` ${word}`;
    else {
      lines.push(line);
      line = " ".repeat(indent + 2) + word;
    }
  }
  return [...lines, line];
}

/** By how much a word opens more than it closes. */
function depthOf(word: string): number {
  const bare = word.replace(QUOTED, "");
  return bare.split("(").length - bare.split(")").length;
}

/** Where in a word the outermost parenthesis closes. */
function closingAt(word: string, depth: number): number {
  const bare = word.replace(QUOTED, (quoted) => "x".repeat(quoted.length));
  let open = depth;
  return Array.from(bare).findIndex((letter) => {
    open += letter === "(" ? 1 : letter === ")" ? -1 : 0;
    return open === 0;
  });
}
