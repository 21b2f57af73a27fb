const BLOCKS = " ▁▂▃▄▅▆▇█";

/** A block for each value, as high as its share of `most`; 0 is blank, and anything above 0 shows. */
export const sparkline = (values: Iterable<number>, most: number): string =>
  Array.from(values, (value) => BLOCKS[value > 0 ? Math.max(1, Math.round((8 * value) / most)) : 0]).join("");
