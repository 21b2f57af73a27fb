/** A text as lines of at most `width` characters, broken between words; the lines below the first begin with `indent`. A longer word stays whole. */
export function fold(text: string, width: number, indent = ""): string[] {
  const lines: string[] = [];
  let line = "";
  let words = 0;
  for (const word of text.split(/(?<=\S) (?=\S)/)) {
    if (words > 0 && line.length + 1 + word.length > width) {
      lines.push(line);
      line = indent + word;
      words = 1;
    } else {
      line = words === 0 ? line + word : `${line} ${word}`;
      words++;
    }
  }
  return [...lines, line];
}
