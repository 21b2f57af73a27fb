import { distance } from "fastest-levenshtein";
import type { Entry } from "./entries.js";
import { fold } from "./fold.js";

/** How many names are proposed for one that is not known. */
const PROPOSED = 4;

/** What a name means, in all its senses, as text; undefined where it is not known. `busy_time`, `busy time` and `busyTime` are one name. */
export function explain(term: string, entries: readonly Entry[], width: number): string | undefined {
  const senses = entries.filter(({ name }) => plain(name) === plain(term));
  if (senses.length === 0) return undefined;
  return senses
    .map(({ name, what, meaning }) => [...fold(`${name}, ${what}`, width, "  "), ...folded(meaning, width)])
    .map((lines) => `${lines.join("\n")}\n`)
    .join("\n");
}

/** All names with what they mean, group by group. */
export function explainAll(entries: readonly Entry[], width: number): string {
  const groups = new Set(entries.map(({ group }) => group));
  return Array.from(groups, (group) => {
    const members = entries.filter((entry) => entry.group === group);
    const lines = members.flatMap(({ name, meaning }) => fold(`  ${name}: ${meaning}`, width, "      "));
    return `${[group, ...lines].join("\n")}\n`;
  }).join("\n");
}

/** The known names that are most like one that is not. */
export function nearestNames(term: string, entries: readonly Entry[]): string[] {
  const names = new Map(entries.map(({ name }) => [plain(name), name]));
  const wanted = plain(term);
  const unlike = (name: string) => (name.includes(wanted) && wanted !== "" ? 0 : distance(name, wanted));
  return [...names]
    .map(([key, name]) => ({ name, far: unlike(key) }))
    .sort((a, b) => a.far - b.far)
    .slice(0, PROPOSED)
    .map(({ name }) => name);
}

const plain = (name: string): string => name.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, "");
const folded = (text: string, width: number): string[] => fold(`  ${text}`, width, "  ");
