import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A folder of its own for each test that asks for it, gone after the test. */
export function temporaryFolder() {
  let folder: string | undefined;
  afterEach(() => {
    if (folder !== undefined) rmSync(folder, { recursive: true });
    folder = undefined;
  });
  return {
    get path(): string {
      return (folder ??= mkdtempSync(join(tmpdir(), "spikeline-")));
    },
    /** Writes a file into it and returns where that is. */
    put(name: string, content: string | Uint8Array): string {
      const path = join(this.path, name);
      writeFileSync(path, content);
      return path;
    },
  };
}
