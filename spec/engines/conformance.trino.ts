import { expect } from "chai";
import { analyzeOn } from "../../lib/engines/analyze-on.js";
import { trino } from "../../lib/engines/trino.js";
import { trinoClient } from "../../lib/engines/trino-client.js";
import { conform } from "./conformance.js";
import { catalogs, server } from "./lab/config.js";
import { onCluster } from "./lab/on-cluster.js";
import { labTables } from "./lab/put-table.js";
import { tableOfRows } from "./lab/table-of-rows.js";

const options = { server, credentials: { user: "lab" }, session: { retry_policy: "NONE" } };
const client = trinoClient(options);

onCluster("Trino on a cluster", () => {
  const tables = labTables(client, "conformance");
  afterEach(() => tables.dropAll());

  conform({
    name: "trino",
    isSlow: true,
    engine: () => trino(options),
    put: (calls) => tables.put(calls),
    segments: () => {
      const into = tables.name();
      const read = async () => {
        const { columns, rows } = await client.query(`SELECT * FROM ${into} ORDER BY start_time`);
        return tableOfRows(columns, rows);
      };
      return { into, read };
    },
  });

  it("reads dates as texts to the microsecond, in UTC where they have no zone", async () => {
    const dated = `${catalogs.memory}.default.dated`;
    await client.query(`DROP TABLE IF EXISTS ${dated}`);
    await client.query(
      `CREATE TABLE ${dated} AS SELECT * FROM (VALUES ('2026-01-01', '2026-01-01T00:00:02.25Z'), ('2026-01-01T02:00:01+02:00', '2026-01-01 00:00:03.123456'), ('no date', '2026-01-01')) AS t (began, ended)`,
    );
    const columns = "start=began:iso,end=ended:iso";
    const { tables: found } = await analyzeOn(trino(options), dated, {
      columns,
      tables: ["distribution", "diagnostics"],
    });
    await client.query(`DROP TABLE ${dated}`);
    const times = Array.from(found.distribution.array("total_time") as Float64Array);
    expect(times.map((time) => Number(time.toFixed(6)))).to.deep.equal([1.873456, 1.25]);
    expect(Array.from(found.diagnostics.array("events") as number[])).to.deep.equal([2, 1]);
  });
});
