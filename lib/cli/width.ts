/** What a stream is taken to hold that is no terminal; wider ones get no longer lines, so that a pipe and a terminal read the same. */
const WIDEST = 80;

/** How many characters a line on a stream may have. */
export const widthOf = ({ columns }: Pick<NodeJS.WriteStream, "columns">): number =>
  Math.min(columns || WIDEST, WIDEST);
