import { readdirSync, readFileSync } from "node:fs";
import { expect } from "chai";
import { mappedTrinoTexts, trinoTexts, trinoViews } from "../support/trino-texts.js";

const golden = new URL("golden/", import.meta.url);

describe("what is printed for Trino", () => {
  const texts = [
    ...trinoTexts("hive.traces.calls"),
    ...mappedTrinoTexts("hive.traces.requests"),
    ...trinoViews({
      clickhouse: "clickhouse.default.otel_traces",
      tempo: "hive.tempo.blocks",
      langfuse: "clickhouse.default.observations",
    }),
  ];

  it("is all looked at", () => {
    expect(readdirSync(golden).sort()).to.deep.equal(texts.map(({ name }) => `${name}.sql`).sort());
  });

  for (const { name, text } of texts) {
    it(`${name} is what was looked at`, () => {
      expect(text).to.equal(readFileSync(new URL(`${name}.sql`, golden), "utf8"));
    });
  }

  it("has nothing that only DuckDB knows", () => {
    for (const { name, text } of texts) {
      const code = text.replaceAll(/^--.*$/gm, "");
      expect(code, name).not.to.match(/read_parquet|list_|isfinite|epoch_|\blambda\b|::|"\[|\bhex\(| \/\/ /);
    }
  });
});
