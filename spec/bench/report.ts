import type { Cell } from "./cells.js";
import { markdownTable } from "./markdown.js";
import type { Memory, Nat } from "./own.js";

/** All that a run measured; what was not asked for is missing. */
export interface Results {
  readonly date: string;
  readonly machine: string;
  readonly cells: Cell[];
  /** reading alone */
  readonly files: Cell[];
  readonly orders: Cell[];
  memory?: Memory;
  nat?: Nat[];
  prompt_seconds?: number;
}

const texts = new Set(["work", "peer", "order"]);

/** The results as Markdown. */
export function report(results: Results): string {
  const parts = [`Measured on ${results.date}: ${results.machine}.`];
  if (results.cells.length > 0) parts.push(cellsTable(results.cells));
  const growth = growthOf(results.cells);
  if (growth !== undefined) {
    parts.push(`Growth: spikeline's tables of 1e7 calls take ${growth.toFixed(1)} × the CPU of 1e6.`);
  }
  if (results.files.length > 0) parts.push("Reading a file alone:", filesTable(results.files));
  if (results.orders.length > 0) {
    parts.push(`Order of rows, tables of ${sizeText(results.orders[0].size)} calls:`, ordersTable(results.orders));
  }
  if (results.memory) parts.push(memoryLine(results.memory));
  if (results.nat) {
    parts.push("NAT mode, JSON with the ids of the active calls of each spike:", natTable(results.nat));
  }
  if (results.prompt_seconds !== undefined) {
    const passed = results.prompt_seconds.toFixed(2);
    parts.push(`Prompt: \`spikeline analyze\` of a CSV file of 1,000 calls takes ${passed} s from start to exit.`);
  }
  return parts.join("\n\n");
}

function cellsTable(cells: readonly Cell[]): string {
  const rows = cells.map((cell) => {
    const { size, work, peer, cpu, peak_mb, loaded_mb } = cell;
    return [sizeText(size), work, peer, seconds(cpu), ratioText(cell, cells), megabytes(peak_mb), megabytes(loaded_mb)];
  });
  const header = ["calls", "work", "peer", "CPU s", "spikeline / peer", "peak MB", "loaded MB"];
  const reasons = cells.flatMap(({ size, peer, why_not }) =>
    why_not === undefined ? [] : [`– ${peer} of ${sizeText(size)} calls: ${why_not}.`],
  );
  return [markdownTable(header, rows, texts), ...new Set(reasons)].join("\n\n");
}

/** The CPU that spikeline needs for the same, by that of a peer. */
function ratioText({ size, work, cpu }: Cell, cells: readonly Cell[]): string {
  const own = cells.find((cell) => cell.size === size && cell.work === work && cell.peer === "spikeline")?.cpu;
  return own === undefined || cpu === undefined ? "–" : (own / cpu).toFixed(2);
}

function filesTable(files: readonly Cell[]): string {
  const rows = files.map((cell) => {
    const { work, size, file_mb, peer, cpu, peak_mb } = cell;
    return [work, sizeText(size), megabytes(file_mb), peer, seconds(cpu), ratioText(cell, files), megabytes(peak_mb)];
  });
  return markdownTable(["work", "calls", "file MB", "peer", "CPU s", "spikeline / peer", "peak MB"], rows, texts);
}

function ordersTable(orders: readonly Cell[]): string {
  const rows = orders.map(({ order, peer, cpu, peak_mb }) => {
    const sorted = orders.find((other) => other.peer === peer && other.order === "sorted");
    const ratio = cpu === undefined || sorted?.cpu === undefined ? "–" : (cpu / sorted.cpu).toFixed(2);
    return [order, peer, seconds(cpu), ratio, megabytes(peak_mb)];
  });
  return markdownTable(["order", "peer", "CPU s", "of sorted", "peak MB"], rows, texts);
}

function memoryLine({ calls, loaded_mb, returned_mb, peak_mb, bytes_a_call }: Memory): string {
  const sizes = `peak ${megabytes(peak_mb)} MB, input loaded ${megabytes(loaded_mb)} MB, result ${megabytes(returned_mb)} MB`;
  return `Memory: the tables of ${sizeText(calls)} calls take ${bytes_a_call.toFixed(0)} bytes a call beyond input and result (${sizes}).`;
}

function natTable(runs: readonly Nat[]): string {
  const rows = runs.map(({ entries, bytes, cpu, peak_mb }) => [
    entries.toLocaleString("en"),
    ((cpu / entries) * 1e9).toFixed(1),
    megabytes(bytes / 1e6),
    megabytes(peak_mb),
  ]);
  return markdownTable(["ids", "ns an id", "MB written", "peak MB"], rows, texts);
}

/** CPU at 1e7 over that at 1e6, where both were measured. */
function growthOf(cells: readonly Cell[]): number | undefined {
  const at = (size: number) =>
    cells.find((cell) => cell.size === size && cell.work === "tables" && cell.peer === "spikeline")?.cpu;
  const [less, more] = [at(1e6), at(1e7)];
  return less === undefined || more === undefined ? undefined : more / less;
}

const seconds = (value: number | undefined): string => value?.toFixed(4) ?? "–";
const megabytes = (value: number | undefined): string => value?.toFixed(0) ?? "–";

/** 1e6, not 1000000. */
const sizeText = (size: number): string => size.toExponential().replace("+", "");
