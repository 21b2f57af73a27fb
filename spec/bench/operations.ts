const NAMES = [
  "gpt-4o-2024-08-06",
  "gpt-4o-mini",
  "claude-sonnet-4-5",
  "llama-3.3-70b-instruct",
  "web_search",
  "run_python",
];
const AT_A_TIME = 50; // sessions

/** Calls of a session. */
export const CALLS = 10;
/** Calls of the sessions that run side by side, which have no others. */
export const BLOCK = AT_A_TIME * CALLS;

/** What a call is, whose times and tokens stand in row `i` of the traffic. */
export interface Operation {
  readonly session: number;
  readonly uuid: string;
  readonly kind: "LLM" | "TOOL";
  /** of the model or tool */
  readonly name: string;
}

export function operationAt(i: number): Operation {
  const name = NAMES[(i * 7) % NAMES.length];
  return {
    session: Math.floor(i / BLOCK) * AT_A_TIME + (i % AT_A_TIME),
    uuid: (0x100000000000 + i).toString(16),
    kind: name.includes("_") ? "TOOL" : "LLM",
    name,
  };
}

/** The rows of a session of `n` calls in all, or of a last one that has fewer. */
export function rowsOf(session: number, n: number): number[] {
  const first = Math.floor(session / AT_A_TIME) * BLOCK + (session % AT_A_TIME);
  return Array.from({ length: CALLS }, (_, k) => first + k * AT_A_TIME).filter((i) => i < n);
}

/** Sessions of `n` calls. */
export const sessionsOf = (n: number): number => Math.floor(n / BLOCK) * AT_A_TIME + Math.min(AT_A_TIME, n % BLOCK);
