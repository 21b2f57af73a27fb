import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect } from "chai";
import { rolldown } from "rolldown";
import { temporaryFolder } from "../../support/folder.js";

const dist = fileURLToPath(new URL("../../../dist/", import.meta.url));

describe("a bundle that imports only how a table is made", () => {
  const folder = temporaryFolder();
  for (const entry of ["index.js", "browser.js"]) {
    it(`has tables show themselves all the same, and nothing that it does not use: ${entry}`, async () => {
      folder.put("main.js", `export { timeBins } from ${JSON.stringify(dist + entry)};`);
      const bundle = await rolldown({ input: join(folder.path, "main.js"), platform: "node", external: /^[^./]/ });
      const { output } = await bundle.generate({ format: "esm" });
      expect(output[0].code)
        .to.include("showsItself(OwnTable.prototype")
        .and.not.include("async function readJsonDocuments");
    });
  }
});
