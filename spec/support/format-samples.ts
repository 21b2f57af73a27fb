import { readdirSync, readFileSync } from "node:fs";
import { basename } from "node:path";

const folder = new URL("../../data/formats/", import.meta.url);

export interface FormatSample {
  /** the file */
  readonly name: string;
  readonly path: string;
  /** the format that it is in: its name up to the first dot */
  readonly format: string;
  readonly bytes: Uint8Array;
}

/** The samples in `data/formats/`, one or more a format. */
export const formatSamples: readonly FormatSample[] = readdirSync(folder)
  .sort()
  .map((name) => {
    const url = new URL(name, folder);
    return { name, path: url.pathname, format: basename(name).split(".")[0], bytes: new Uint8Array(readFileSync(url)) };
  });
