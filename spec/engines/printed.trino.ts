import { table } from "arquero";
import { analyzeOn } from "../../lib/engines/analyze-on.js";
import { memory } from "../../lib/engines/memory.js";
import { trinoClient } from "../../lib/engines/trino-client.js";
import { buildConcurrencySegments, clipSegments, timeBins } from "../../lib/index.js";
import { expectNear } from "../support/near-tables.js";
import { seeded } from "../support/random.js";
import { trinoTexts } from "../support/trino-texts.js";
import { server } from "./lab/config.js";
import { onCluster } from "./lab/on-cluster.js";
import { labTables } from "./lab/put-table.js";
import { tableOfRows } from "./lab/table-of-rows.js";

const CALLS = 800;
const client = trinoClient({ server, credentials: { user: "lab" }, session: { retry_policy: "NONE" } });

const random = seeded(7);
// the first at 0, where the window of the printed bins begins
const starts = Float64Array.from({ length: CALLS }, (_, i) => (i === 0 ? 0 : Math.floor(random() * 4000) / 64));
const calls = table({
  start_time: starts,
  end_time: starts.map((start) => start + Math.floor(random() * 60) / 64),
  operation_type: Array.from(starts, (_, i) => (i % 3 === 0 ? "TOOL" : "LLM")),
  status: Array.from(starts, () => "ok"),
  example: Array.from(starts, (_, i) => `e${i % 9}`),
  team: Array.from(starts, (_, i) => ["a", "it's b", null][i % 3]),
  prompt_tokens: Float64Array.from(starts, (_, i) => i % 50),
  completion_tokens: Float64Array.from(starts, (_, i) => i % 7),
  total_tokens: Float64Array.from(starts, (_, i) => (i % 50) + (i % 7)),
});

onCluster("what is printed for Trino runs, and gives the tables of the kernels:", () => {
  const tables = labTables(client, "printed");
  let from: string;
  before(async () => {
    from = await tables.put(calls);
  });
  after(() => tables.dropAll());

  for (const { name } of trinoTexts("calls")) {
    it(name, async () => {
      const text = trinoTexts(from).find((other) => other.name === name);
      const { columns, rows } = await client.query(text?.sql ?? "");
      const found = tableOfRows(columns, rows);
      const [of, grouped] = name.split("-by-") as [string, string | undefined];
      const options = { threshold: 3, bins: 6, ...(grouped !== undefined && { groupBy: grouped }) };
      if (of === "diagnostics") return;
      if (of === "segments" || of === "bins") {
        if (grouped !== undefined) return; // the specs of DuckDB hold these
        const segments = buildConcurrencySegments(calls);
        expectNear(found, of === "segments" ? segments : timeBins(clipSegments(segments, 0, 60), 6), name);
        return;
      }
      const expected = await analyzeOn(memory(), calls, { ...options, tables: [of as "spikes"] });
      expectNear(found, expected.tables[of as "spikes"], name);
    });
  }
});
