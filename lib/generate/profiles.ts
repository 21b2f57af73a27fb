/** A model as the generator plays it. An answer takes `firstToken` and `perToken` for each token of it, spread by `cv`. */
export interface ModelProfile {
  readonly name: string;
  /** how often an agent runs on it, against the others */
  readonly weight: number;
  /** seconds until the answer begins */
  readonly firstToken: number;
  /** seconds for each token of the answer */
  readonly perToken: number;
  /** coefficient of variation of the time that an answer of a given length takes */
  readonly cv: number;
  /** mean number of tokens in an answer */
  readonly completionTokens: number;
  /** coefficient of variation of the number of tokens in an answer */
  readonly completionCv: number;
}

/** A tool as the generator plays it. */
export interface ToolProfile {
  readonly name: string;
  /** how often it is used, against the others */
  readonly weight: number;
  /** mean seconds of its own work */
  readonly mean: number;
  /** coefficient of variation of its own work */
  readonly cv: number;
  /** what it does besides: ask a model once, or run an agent of its own; its call encloses that */
  readonly inside?: "model" | "agent" | undefined;
}

/** From small and fast to large and slow. */
export const defaultModels: readonly ModelProfile[] = [
  {
    name: "small-chat",
    weight: 2,
    firstToken: 0.2,
    perToken: 0.006,
    cv: 0.3,
    completionTokens: 120,
    completionCv: 0.8,
  },
  {
    name: "large-chat",
    weight: 5,
    firstToken: 0.4,
    perToken: 0.012,
    cv: 0.35,
    completionTokens: 250,
    completionCv: 0.9,
  },
  { name: "deep-chat", weight: 1, firstToken: 0.8, perToken: 0.02, cv: 0.4, completionTokens: 500, completionCv: 1 },
];

export const defaultTools: readonly ToolProfile[] = [
  { name: "read_file", weight: 4, mean: 0.08, cv: 0.8 },
  { name: "web_search", weight: 3, mean: 1.2, cv: 0.7 },
  { name: "fetch_page", weight: 2, mean: 0.8, cv: 1, inside: "model" },
  { name: "run_code", weight: 2, mean: 3, cv: 1.5 },
  { name: "sub_agent", weight: 1, mean: 0.05, cv: 0.5, inside: "agent" },
];
