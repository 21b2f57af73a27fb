/**
 * What selects the group of a row: by the name of its column and without the mark that tells a missing value from an empty one, or as `g`.
 *
 * @param name of the column, quoted; `g` is selected as it is where it is left out
 */
export function shownGroup(isGrouped: boolean, name?: string): string {
  if (!isGrouped) return "";
  return name === undefined ? "g, " : `CASE WHEN g = '' THEN NULL ELSE substr(g, 2) END AS ${name}, `;
}
