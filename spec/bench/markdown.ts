/** A Markdown table as prettier lays it out; all columns but those named are numbers, to the right. */
export function markdownTable(
  header: readonly string[],
  rows: readonly (readonly string[])[],
  texts: ReadonlySet<string>,
): string {
  const widths = header.map((name, c) => Math.max(3, name.length, ...rows.map((row) => row[c].length)));
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell, c) => (texts.has(header[c]) ? cell.padEnd(widths[c]) : cell.padStart(widths[c]))).join(" | ")} |`;
  const rule = header.map((name, c) => (texts.has(name) ? "-".repeat(widths[c]) : `${"-".repeat(widths[c] - 1)}:`));
  return [line(header), `| ${rule.join(" | ")} |`, ...rows.map(line)].join("\n");
}
