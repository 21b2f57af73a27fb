import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { MEAN_DURATION, type Order, traffic } from "./traffic.js";
import { writeCsv } from "./write-csv.js";

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
