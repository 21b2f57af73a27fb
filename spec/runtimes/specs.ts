import { readdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const spec = fileURLToPath(new URL("../", import.meta.url));

/** The specs that run in every runtime: those of what computes, which is the same everywhere. */
export const specs: readonly string[] = ["kernels", "tables"].flatMap((folder) =>
  readdirSync(join(spec, folder))
    .filter((name) => name.endsWith(".spec.ts"))
    .map((name) => join(spec, folder, name)),
);
