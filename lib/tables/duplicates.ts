import { chosenAncestors } from "../kernels/parents.js";
import { Code } from "./diagnostics.js";
import type { Operations } from "./operations.js";
import { TextColumn } from "./text-column.js";

/** Two instrumentations see the bounds of one call at most so far apart, in seconds. */
const NEAR = 0.1;

/** More layers of instrumentation round one call than anybody has. */
const DEEPEST = 64;

/**
 * Folds model calls that were recorded more than once, by nested or neighbouring instrumentations, into one. Folded are
 *
 * - a model call into the one that it is the only model call of, by the ids of parents, if they name one model (one name is the start of
 *   the other, or one has none) and tell equal tokens or nearly equal bounds;
 * - of those below one parent, one into another that a different instrumentation (`scope`) recorded, if they name one model, tell equal
 *   tokens, and start and end nearly together.
 *
 * What stays has the bounds of the outer one, the tokens of the inner one, where it has any, and the longer name. O(n log n).
 *
 * @param chosen flags of the operations that count; those that are folded are taken out
 * @param nested whether to fold one into another that holds it; who counts leaves has no need, and would lose a call that holds a tool too
 * @returns the operations with what they gained
 */
export function foldDuplicates(operations: Operations, chosen: Uint8Array, nested: boolean): Operations {
  const told = operations.parents;
  if (!told) return operations;
  const models = operations.kinds.flags((kind) => kind === "LLM");
  const isModel = new Uint8Array(chosen.length);
  for (let i = 0; i < chosen.length; i++) isModel[i] = chosen[i] & models[operations.kinds.codes[i]];
  const into = new Int32Array(chosen.length).fill(-1);
  const call = facts(operations);

  let folds = nested ? foldNested(told, chosen, isModel, into, call) : 0;
  if (operations.read.has("scope")) folds += foldSiblings(told, isModel, into, call);
  return folds === 0 ? operations : folded(operations, chosen, into, call);
}

/** Folds what is the only model call within another into that; returns how many. */
function foldNested(told: Int32Array, chosen: Uint8Array, isModel: Uint8Array, into: Int32Array, call: Facts): number {
  const held = chosenAncestors(told, chosen);
  const onlyOne = new Int32Array(chosen.length).fill(-1); // the model call below each, −2 where there are several
  for (let i = 0; i < chosen.length; i++) {
    if (isModel[i] === 1 && held[i] >= 0) onlyOne[held[i]] = onlyOne[held[i]] === -1 ? i : -2;
  }
  let folds = 0;
  for (let outer = 0; outer < chosen.length; outer++) {
    const inner = onlyOne[outer];
    if (inner < 0 || isModel[outer] === 0 || held[outer] === inner) continue;
    if (call.oneModel(outer, inner) && (call.equalTokens(outer, inner) || call.nearBounds(outer, inner))) {
      into[inner] = outer;
      folds++;
    }
  }
  return folds;
}

type Facts = ReturnType<typeof facts>;

/** What is compared of two calls. */
function facts({ read, names, closing, starts, ends }: Operations) {
  const prompts = read.maybeNumbers("prompt_tokens");
  const completions = read.maybeNumbers("completion_tokens");
  const scopes = read.textsIfAny("scope");
  const tokens = (i: number) => (closing[i] < 0 ? NaN : prompts[closing[i]]);
  const answers = (i: number) => (closing[i] < 0 ? NaN : completions[closing[i]]);
  return {
    hasTokens: (i: number) => !Number.isNaN(tokens(i)) || !Number.isNaN(answers(i)),
    equalTokens: (i: number, j: number) => tokens(i) === tokens(j) && answers(i) === answers(j),
    nearBounds: (i: number, j: number) =>
      Math.abs(starts[i] - starts[j]) <= NEAR && Math.abs(ends[i] - ends[j]) <= NEAR,
    oneModel: (i: number, j: number) => {
      const [a, b] = [names.at(i) ?? "", names.at(j) ?? ""];
      return a.startsWith(b) || b.startsWith(a);
    },
    otherScope: (i: number, j: number) => {
      const [a, b] = [scopes?.at(closing[i]) ?? null, scopes?.at(closing[j]) ?? null];
      return a !== null && b !== null && a !== b;
    },
    start: (i: number) => starts[i],
    length: (i: number) => ends[i] - starts[i],
  };
}

/** Folds what stands below one parent, the shorter into the longer; returns how many. */
function foldSiblings(told: Int32Array, isModel: Uint8Array, into: Int32Array, call: Facts): number {
  const siblings = new Map<number, number[]>();
  for (let i = 0; i < told.length; i++) {
    if (isModel[i] === 0 || told[i] < 0 || into[i] >= 0) continue;
    const known = siblings.get(told[i]);
    if (known) known.push(i);
    else siblings.set(told[i], [i]);
  }
  let folds = 0;
  for (const family of siblings.values()) {
    if (family.length === 1) continue;
    family.sort((a, b) => call.start(a) - call.start(b));
    for (let k = 1; k < family.length; k++) {
      const j = family[k];
      for (let before = k - 1; before >= 0 && call.start(j) - call.start(family[before]) <= NEAR; before--) {
        const i = family[before];
        if (into[i] >= 0) continue;
        if (call.otherScope(i, j) && call.oneModel(i, j) && call.equalTokens(i, j) && call.nearBounds(i, j)) {
          const [outer, inner] = call.length(i) >= call.length(j) ? [i, j] : [j, i];
          into[inner] = outer;
          folds++;
          break;
        }
      }
    }
  }
  return folds;
}

/** Takes the folded out, and gives what they tell to those that stay. */
function folded(operations: Operations, chosen: Uint8Array, into: Int32Array, call: Facts): Operations {
  const { rows, names, fates } = operations;
  const closing = operations.closing.slice();
  const codes = names.codes.slice();
  const innermost = new Int32Array(into.length); // how far down what gave the tokens was
  const nameAt = (i: number) => (codes[i] < 0 ? "" : names.dictionary.text(codes[i]));
  for (let i = 0; i < into.length; i++) {
    if (into[i] < 0) continue;
    let stays = into[i];
    let steps = 1;
    for (; into[stays] >= 0 && steps < DEEPEST; steps++) stays = into[stays];
    if (steps === DEEPEST) {
      into[i] = -1; // parents that run in a circle
      continue;
    }
    chosen[i] = 0;
    if (steps > innermost[stays] && call.hasTokens(i)) {
      innermost[stays] = steps;
      closing[stays] = operations.closing[i];
    }
    if (nameAt(i).length > nameAt(stays).length) codes[stays] = codes[i];
    fates[rows[i]] = Code.folded;
    if (operations.closing[i] >= 0) fates[operations.closing[i]] = Code.folded;
  }
  return { ...operations, closing, names: new TextColumn(codes, names.dictionary) };
}
