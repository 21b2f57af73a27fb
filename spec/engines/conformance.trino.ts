import { trino } from "../../lib/engines/trino.js";
import { trinoClient } from "../../lib/engines/trino-client.js";
import { conform } from "./conformance.js";
import { server } from "./lab/config.js";
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
});
