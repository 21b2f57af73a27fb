import type { Random } from "./random.js";

/** Draws one of several, each as often as its weight says. */
export function choice<Item extends { readonly weight: number }>(random: Random, items: readonly Item[]): () => Item {
  const total = items.reduce((sum, { weight }) => sum + weight, 0);
  return () => {
    let rest = random() * total;
    for (const item of items) if ((rest -= item.weight) < 0) return item;
    return items[items.length - 1]; // rounding
  };
}
