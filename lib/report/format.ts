const thousands = new Intl.NumberFormat("en", { maximumFractionDigits: 0 });
const oneDigit = new Intl.NumberFormat("en", { maximumFractionDigits: 1 });

/** A whole number with thousands: 1,204. */
export const count = (value: number): string => thousands.format(value);

/** A number with at most one decimal: 6.2. */
export const decimal = (value: number): string => (Number.isFinite(value) ? oneDigit.format(value) : "–");

/** A share from 0 to 1 in percent; small ones keep a digit that tells them from 0. */
export function percent(share: number): string {
  if (!Number.isFinite(share)) return "–";
  if (share > 0 && share < 0.0005) return "< 0.1 %";
  return `${(share * 100).toFixed(1)} %`;
}

/** A number and its noun: 1 call, 2 calls. */
export const counted = (value: number, noun: string, nouns = `${noun}s`): string =>
  `${count(value)} ${value === 1 ? noun : nouns}`;

/** Seconds as a person reads them: 310 ms, 41.2 s, 12 min 3 s, 5 h 12 min, 3 d 4 h. */
export function seconds(value: number): string {
  if (!Number.isFinite(value)) return "–";
  const size = Math.abs(value);
  if (size === 0) return "0 s";
  if (size < 0.9995e-3) return `${Number((value * 1e6).toPrecision(3))} µs`;
  if (size < 0.9995) return `${Number((value * 1e3).toPrecision(3))} ms`;
  if (size < 99.95) return `${value.toFixed(size < 9.995 ? 2 : 1)} s`;
  const sign = value < 0 ? "−" : "";
  const whole = Math.round(size);
  if (whole < 7200) return `${sign}${Math.floor(whole / 60)} min ${whole % 60} s`;
  const minutes = Math.round(size / 60);
  if (minutes < 2880) return `${sign}${Math.floor(minutes / 60)} h ${minutes % 60} min`;
  const hours = Math.round(size / 3600);
  return `${sign}${count(Math.floor(hours / 24))} d ${hours % 24} h`;
}

/** A bar of at most `width` cells, in eighths; anything above 0 shows. */
export function bar(share: number, width: number): string {
  const eighths = Math.max(share > 0 ? 1 : 0, Math.round(share * width * 8));
  return "█".repeat(eighths >> 3) + ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"][eighths & 7];
}

/**
 * Rows of cells as lines: columns as wide as their widest cell, numbers to the right; a column named in `left` to the left. Columns move
 * together where they would be wider than `width`, and what is too wide then is cut.
 */
export function columns(
  rows: readonly (readonly string[])[],
  left: ReadonlySet<number> = new Set(),
  width = Infinity,
): string[] {
  const widths: number[] = [];
  for (const row of rows) row.forEach((cell, i) => (widths[i] = Math.max(widths[i] ?? 0, cell.length)));
  const room = width - widths.reduce((sum, cells) => sum + cells, 2);
  const gap = " ".repeat(Math.max(1, Math.min(3, Math.floor(room / (widths.length - 1)))));
  return rows
    .map((row) =>
      `  ${row.map((cell, i) => (left.has(i) ? cell.padEnd(widths[i]) : cell.padStart(widths[i]))).join(gap)}`.trimEnd(),
    )
    .map((line) => (line.length > width ? `${line.slice(0, width - 1)}…` : line));
}
