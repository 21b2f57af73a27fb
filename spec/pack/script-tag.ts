import { readFileSync } from "node:fs";
import { join } from "node:path";
import { calls, type Consumer } from "./consumer.js";
import { shownIn } from "./shown-in.js";

const readme = readFileSync(new URL("../../README.md", import.meta.url), "utf8");
const page = /^```html\n([^]*?)^```/m.exec(readme)?.[1] ?? "";

/** The README's page, with the installed packages in the place of the CDN, which hands out their files. */
export const scriptTag: Consumer = {
  name: "a page without a build",
  files: { "calls.csv.gz": calls, "index.html": page },
  run: (folder) =>
    shownIn(folder, (address) => {
      const [, name, path] = /^https:\/\/cdn\.jsdelivr\.net\/npm\/(\w+)@[\d.]+\/(.*)$/.exec(address) ?? [];
      return name ? { path: join(folder, "node_modules", name, path) } : undefined;
    }),
};
