import type { ColumnTable } from "arquero";
import { OptionError } from "../../errors.js";
import type { VegaLiteSpec } from "../../exports/vega-lite-spec.js";
import { chartBundle } from "./chart.js";
import { display, type Displayed, type MimeBundle } from "./mime-bundle.js";
import { tableBundle } from "./table.js";

/**
 * Shows a table or a chart in a notebook: what does not show itself, such as a table that Arquero made, or a Vega-Lite specification of your own; or
 * more rows than ten. Results, their tables and charts show themselves.
 *
 * @param value any Arquero table, or a Vega-Lite specification; or what shows itself
 * @param options `rows`: how many rows of a table at most, 10 if left out
 * @returns what a notebook shows as the last line of a cell; Deno's kernel asks it for `Symbol.for("Jupyter.display")`
 * @throws OptionError if `rows` is not above 0
 * @example
 * const shown = await show(table({ n: [1, 2, 3] }), { rows: 2 })[Symbol.for("Jupyter.display")]();
 * Object.keys(shown); // ["text/html", "text/plain"]
 */
export function show(
  value: ColumnTable | VegaLiteSpec | Displayed,
  { rows }: { readonly rows?: number } = {},
): Displayed {
  if (rows !== undefined && !(rows > 0)) throw new OptionError("rows", `must be a number above 0, not ${rows}.`);
  const bundle = (): Promise<MimeBundle> => {
    if (isTable(value)) return Promise.resolve(tableBundle(value, rows));
    return display in value ? value[display]() : chartBundle(value);
  };
  return { [display]: bundle };
}

/** Whichever copy of Arquero made it. */
const isTable = (value: object): value is ColumnTable =>
  "columnNames" in value && typeof value.columnNames === "function";
