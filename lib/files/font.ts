import { createRequire } from "node:module";

/** Where the fonts of the package `dejavu-fonts-ttf` are, normal and bold; none where it is not installed. */
export function fontFiles(): string[] {
  const { resolve } = createRequire(import.meta.url);
  try {
    return ["DejaVuSans", "DejaVuSans-Bold"].map((name) => resolve(`dejavu-fonts-ttf/ttf/${name}.ttf`));
  } catch {
    return [];
  }
}
