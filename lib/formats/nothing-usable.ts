import { InputError } from "../errors.js";
import type { Findings } from "../tables/diagnostics.js";

/**
 * Nothing came of what was read: an empty trace is told of.
 *
 * @throws InputError if there was something, and none of it could be used
 */
export function nothingUsable(findings: Findings, source: string | null): void {
  const unused = findings.first();
  if (!unused) findings.add("empty", source, NaN, null, 0);
  else {
    throw new InputError(
      `no row can be used; of the first, ${unused.example ?? unused.meaning}. Mend the file, or name the columns with --columns.`,
      { file: unused.source ?? undefined, row: unused.row },
    );
  }
}
