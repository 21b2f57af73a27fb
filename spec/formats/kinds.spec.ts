import { readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect } from "chai";
import { loadTrace } from "../../lib/index.js";
import { findingsOf } from "../support/findings-of.js";

describe("kinds of operation in the samples", () => {
  const folder = new URL("../../data/formats/", import.meta.url);
  for (const name of readdirSync(folder))
    it(`are all known in ${name}`, async () => {
      expect(findingsOf(await loadTrace(fileURLToPath(new URL(name, folder))))).to.not.have.property("unknown_kind");
    });
});
