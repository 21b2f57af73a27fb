import { checkAgreement } from "./agree.js";
import type { Inputs } from "./inputs.js";
import { isFileWork, type Peer, type WorkName } from "./peers.js";
import type { Measured } from "./peers/protocol.js";
import { median, run } from "./run.js";
import type { Order } from "./traffic.js";

/** What one peer needed for one work. */
export interface Cell {
  readonly size: number;
  readonly work: WorkName;
  readonly order: Order;
  readonly peer: string;
  /** median, seconds; missing where it was not asked */
  readonly cpu?: number;
  readonly wall?: number;
  readonly peak_mb?: number;
  readonly loaded_mb?: number;
  readonly rounds?: number;
  readonly why_not?: string;
  /** of the file that was read, in works of reading alone */
  readonly file_mb?: number;
}

/** So many rounds that a cell takes some seconds. */
function usualRounds(size: number, work: WorkName, peer: Peer): number {
  if (isFileWork(work)) return 5;
  if (size > 1e5 && peer.name === "arquero") return 1;
  if (size > 1e6) return 2;
  return size > 1e5 ? 5 : 15;
}

/**
 * Measures one work at one size with each peer, one after the other.
 *
 * @throws if they do not agree on the result
 */
export function measure(
  inputs: Inputs,
  peers: readonly Peer[],
  work: WorkName,
  size: number,
  order: Order,
  rounds: number | undefined,
): Cell[] {
  const folder = isFileWork(work)
    ? inputs.file(work, size)
    : work === "csv"
      ? inputs.csv(size)
      : inputs.columns(size, order);
  let first: { peer: string; result: Measured["result"] } | undefined;
  return peers
    .filter((peer) => peer.works.includes(work))
    .map((peer): Cell => {
      const cell = {
        size,
        work,
        order,
        peer: peer.name,
        ...(isFileWork(work) && { file_mb: inputs.megabytes(folder) }),
      };
      if (peer.most && size > peer.most[0]) return { ...cell, why_not: peer.most[1] };
      const args = [folder, work, String(rounds ?? usualRounds(size, work, peer))];
      const { cpu, wall, peak_mb, loaded_mb, result } = run(peer.command, args) as Measured;
      first ??= { peer: peer.name, result };
      checkAgreement(first, { peer: peer.name, result }, `${work} of ${size} calls, ${order}`);
      return { ...cell, cpu: median(cpu), wall: median(wall), peak_mb, loaded_mb, rounds: cpu.length };
    });
}
