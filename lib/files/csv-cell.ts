/** A text as a cell of a CSV file: nothing where it is missing, quoted where it must be (RFC 4180). */
export function csvCell(text: string | null | undefined): string {
  if (text === null || text === undefined) return "";
  return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
