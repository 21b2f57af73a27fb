import type { TrinoClient } from "../../../lib/engines/trino-client.js";

/** A part of a plan: what a stage does, on one node or on many. */
export interface Fragment {
  readonly id: number;
  /** `SINGLE` for one node, `HASH`, `SOURCE` and others for many */
  readonly partitioning: string;
  readonly text: string;
  /** rows that came in, where the plan was run */
  readonly rows: number;
}

/** The fragments of what `EXPLAIN (TYPE DISTRIBUTED)` or `EXPLAIN ANALYZE` prints. */
export function fragmentsOf(plan: string): Fragment[] {
  return [...plan.matchAll(/^Fragment (\d+) \[(\w+)\]\n([^]*?)(?=^Fragment |(?![^]))/gm)].map(
    ([, id, partitioning, text]) => ({
      id: Number(id),
      partitioning,
      text,
      rows: Number(/Input: (\d+) rows/.exec(text)?.[1] ?? NaN),
    }),
  );
}

/** The fragment that sweeps: it has windows over what is in a bucket. */
export function sweepOf(fragments: readonly Fragment[]): Fragment {
  const found = fragments.filter(({ text }) => /Window\[partitionBy = \[[^\]]+\], orderBy/.test(text));
  return found.reduce((widest, fragment) => (fragment.text.length > widest.text.length ? fragment : widest));
}

/** How many rows each worker had of a stage of a query. */
export async function rowsByNode(client: TrinoClient, query: string, fragment: number): Promise<Map<string, number>> {
  const { rows } = await client.query(
    `SELECT node_id, sum(processed_input_rows) FROM system.runtime.tasks WHERE query_id = '${query}' AND stage_id = '${query}.${fragment}' GROUP BY node_id`,
  );
  return new Map(rows.map(([node, count]) => [node as string, Number(count)]));
}

/** The largest share that one node had, from 0 to 1. */
export function largestShare(rows: ReadonlyMap<string, number>): number {
  const counts = [...rows.values()];
  return Math.max(...counts) / counts.reduce((sum, count) => sum + count, 0);
}
