/** A query of steps, each a table of its own that those below it read, and what it selects in the end. */
export const query = (ctes: readonly string[], select: string): string =>
  `WITH\n${ctes.map((cte) => `  ${cte}`).join(",\n")}\n${select}`;
