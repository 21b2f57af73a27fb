/** What a notebook can show of a value, by MIME type; it takes the richest that it knows. */
export type MimeBundle = Readonly<Record<string, unknown>>;

/** What shows itself in a notebook. Deno's kernel asks for this, and waits for the bundle. */
export interface Displayed {
  /** what there is to show, by MIME type */
  [display](): Promise<MimeBundle>;
}

export const display = Symbol.for("Jupyter.display");

/** Has an object, or all of a class, show themselves. It is not enumerable, so that JSON and copies are as without. */
export function showsItself<T extends object>(value: T, bundleOf: (value: T) => Promise<MimeBundle>): void {
  Object.defineProperty(value, display, {
    value(this: T) {
      return bundleOf(this);
    },
  });
}
