import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { FileWork } from "./peers.js";
import { MEAN_DURATION, type Order, traffic } from "./traffic.js";
import { writeCsv } from "./write-csv.js";
import { writeNatJson } from "./write-nat-json.js";
import { writeOtlp } from "./write-otlp.js";
import { writeParquet } from "./write-parquet.js";

/** The file of each work of reading. */
const files = {
  otlp: { name: "calls.otlp.jsonl", write: writeOtlp },
  nat_json: { name: "calls.nat.json", write: writeNatJson },
  parquet: { name: "calls.parquet", write: writeParquet },
};

/** What the peers read, in a folder for temporary files; made once each. */
export class Inputs {
  readonly #root = mkdtempSync(join(tmpdir(), "spikeline-bench-"));

  /** A folder with a raw little-endian Float64 file for each column. */
  columns(size: number, order: Order, meanDuration = MEAN_DURATION): string {
    return this.#once(`${order}-${size}-${meanDuration}`, (folder) => {
      for (const [name, column] of Object.entries(traffic(size, order, meanDuration)) as [string, Float64Array][]) {
        writeFileSync(join(folder, `${name}.f64`), column);
      }
    });
  }

  /** A folder with `calls.csv`. */
  csv(size: number): string {
    return this.#once(`csv-${size}`, (folder) => {
      writeCsv(join(folder, "calls.csv"), traffic(size, "exporter"));
    });
  }

  /** A folder with the file that a work of reading reads. */
  file(work: FileWork, size: number): string {
    return this.#once(`${work}-${size}`, (folder) => {
      const { name, write } = files[work];
      write(join(folder, name), traffic(size, "exporter"));
    });
  }

  /** Megabytes of the files in a folder. */
  megabytes(folder: string): number {
    return readdirSync(folder).reduce((sum, name) => sum + statSync(join(folder, name)).size, 0) / 1e6;
  }

  remove(): void {
    rmSync(this.#root, { recursive: true });
  }

  #once(name: string, make: (folder: string) => void): string {
    const folder = join(this.#root, name);
    if (!existsSync(folder)) {
      mkdirSync(folder);
      make(folder);
    }
    return folder;
  }
}
