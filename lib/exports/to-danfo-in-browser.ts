import type { ColumnTable } from "arquero";
import type { DataFrame } from "danfojs-node";
import { OptionError } from "../errors.js";
import { type Danfo, dataFrameOf } from "./danfo.js";

/**
 * A table as a DataFrame of Danfo, in a browser, where Danfo is handed over; else as in Node. O(cells).
 *
 * @param table any table
 * @param danfo Danfo itself, the browser's `dfd`
 * @throws OptionError if it is not given
 */
// async as in Node, so that code moves from one to the other
export async function toDanfo(table: ColumnTable, danfo: Danfo): Promise<DataFrame> {
  if ((danfo as Danfo | undefined) === undefined)
    throw new OptionError("danfo", "is not given. Hand Danfo over, as toDanfo(table, dfd).");
  return Promise.resolve(dataFrameOf(table, danfo));
}
