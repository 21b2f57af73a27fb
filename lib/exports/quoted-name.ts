/** A name as SQL writes it, whatever it holds. */
export const quotedName = (name: string): string => `"${name.replaceAll('"', '""')}"`;

/** A name of parts, like `catalog.schema.calls`, as SQL writes it: each part quoted. */
export const quotedPath = (name: string): string => name.split(".").map(quotedName).join(".");
