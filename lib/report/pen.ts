import pico from "picocolors";

/** How parts of a report are set off: in colour, or not at all. Never does it change what is read. */
export type Pen = Pick<typeof pico, "bold" | "dim" | "cyan" | "yellow">;

export const penOf = (colour: boolean): Pen => pico.createColors(colour);
