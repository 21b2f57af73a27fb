import { ColumnTable, table as plainTable } from "arquero";

/**
 * A table that was made here: Arquero's in all it does. It is a class of its own so that it can show itself in a notebook (`report/display/`) while
 * Arquero's class stays as it is. What Arquero's verbs make of one is one, too.
 */
export class OwnTable extends ColumnTable {}

/** Arquero's `table`, for tables of our own. */
export const table = (...from: Parameters<typeof plainTable>): ColumnTable => own(plainTable(...from));

/** The same table as one of our own, its columns shared. */
export function own(from: ColumnTable): ColumnTable {
  if (from instanceof OwnTable) return from;
  return new OwnTable(from.data(), from.columnNames(), from.mask(), from.groups(), from.comparator(), from.params());
}
