import * as arquero from "arquero";
import { expect } from "chai";
import * as spikeline from "../../lib/index.js";

const AsyncFunction = (async () => {}).constructor as new (
  ...args: string[]
) => (...args: unknown[]) => Promise<unknown>;

/** What a value is compared as: typed arrays and iterables as lists, tables as their rows. */
function plain(value: unknown): unknown {
  if (value instanceof arquero.ColumnTable) return (value.objects() as unknown[]).map(plain);
  if (ArrayBuffer.isView(value)) return [...(value as unknown as Iterable<unknown>)];
  if (value instanceof spikeline.ConcurrencySpikeResult) return value.toJSON();
  if (value instanceof Map) return Object.fromEntries(value as Map<string, unknown>);
  return value;
}

/**
 * Runs an example: everything public of spikeline and arquero is in scope, `import` lines of theirs are passed over, and a statement that ends in
 * `; // VALUE` must have that value.
 *
 * @returns how many values were checked
 */
export async function runExample(code: string, scope: Record<string, unknown> = {}): Promise<number> {
  let checked = 0;
  const names: Record<string, unknown> = {
    ...arquero,
    ...spikeline,
    ...scope,
    check(actual: unknown, expected: unknown) {
      checked++;
      expect(plain(actual)).to.deep.equal(expected);
    },
  };
  const body = code
    .replace(/^import [^;]*"(?:spikeline|arquero)";$/gm, "")
    .replace(/^import ({[^}]*}) from ("[^"]*");$/gm, "const $1 = await import($2);")
    .split("\n")
    .map((line) =>
      line.replace(
        /^(?:(const \w+) = )?(.*?);\s*\/\/ (.+)$/,
        (_, name: string | undefined, expression: string, value: string) =>
          name ? `${name} = ${expression}; check(${name.slice(6)}, (${value}));` : `check(${expression}, (${value}));`,
      ),
    )
    .join("\n");
  await new AsyncFunction(...Object.keys(names), body)(...Object.values(names));
  return checked;
}
