import { trinoClient } from "../../../lib/engines/trino-client.js";
import { nodes, server } from "./config.js";

/** How many nodes are active, as the coordinator sees them: none while it is not up. */
export async function activeNodes(): Promise<number> {
  try {
    // under TASK a query of the system's tables takes no longer, but needs the exchange
    const client = trinoClient({
      server,
      credentials: { user: "lab" },
      session: { retry_policy: "NONE" },
      patience: 0,
    });
    const { rows } = await client.query("SELECT count(*) FROM system.runtime.nodes WHERE state = 'active'", {
      signal: AbortSignal.timeout(10_000),
    });
    return Number(rows[0][0]);
  } catch {
    return 0;
  }
}

/** Waits until as many nodes are active as there should be; a worker is heard of some ten seconds after its start. */
export async function untilReady(seconds: number, wanted = nodes.length): Promise<boolean> {
  for (const end = Date.now() + 1000 * seconds; Date.now() < end;) {
    if ((await activeNodes()) === wanted) return true;
    await new Promise((resolve) => setTimeout(resolve, 1000));
  }
  return false;
}
