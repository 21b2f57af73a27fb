import { shorten } from "../tables/shorten.js";
import { textOf } from "../tables/text-of.js";

/** The names of columns, for a message. */
export const shownNames = (names: readonly string[]): string => shorten(names.join(", "), 400);

/** The beginning of what stood in a file, for a finding. */
export const excerpt = (value: unknown): string => (textOf(value) ?? "null").slice(0, 80);
