const escapes: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

export const escaped = (text: string): string => text.replace(/[&<>"']/g, (char) => escapes[char]);

/** Rows of cells below a header; the columns in `left` to the left, the others to the right. The style is on each cell: nothing else passes where HTML is sanitised. */
export function htmlTable(
  header: readonly string[],
  rows: readonly (readonly string[])[],
  left: ReadonlySet<number> = new Set(),
): string {
  const row = (tag: "th" | "td", cells: readonly string[]) => {
    const side = (i: number) => (left.has(i) ? "left" : "right");
    return `<tr>${cells.map((cell, i) => `<${tag} style="text-align:${side(i)}">${escaped(cell)}</${tag}>`).join("")}</tr>`;
  };
  const body = rows.map((cells) => row("td", cells)).join("\n");
  return `<table>\n<thead>${row("th", header)}</thead>\n<tbody>\n${body}\n</tbody>\n</table>`;
}

/**
 * A picture that is part of the page. As an image in Base64 it is shown where SVG elements are sanitised away: on GitHub, by nbconvert before 7.2.3, in an
 * untrusted notebook.
 */
export const htmlImage = (svg: string, alt: string): string =>
  `<img alt="${escaped(alt)}" src="data:image/svg+xml;base64,${base64(svg)}">`;

const base64 = (text: string): string =>
  btoa(Array.from(new TextEncoder().encode(text), (byte) => String.fromCharCode(byte)).join(""));
