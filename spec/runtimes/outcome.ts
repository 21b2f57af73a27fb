/** What a run of the suite came to. */
export interface Outcome {
  readonly passed: number;
  /** the titles of what failed, each with the reason */
  readonly failed: readonly string[];
}

/** Prints it in a line, behind what failed; a failure, or a suite without a test, is one of the command. */
export function tell(runtime: string, { passed, failed }: Outcome): void {
  for (const failure of failed) console.error(`${failure}\n`);
  console.log(`${runtime}: ${passed} passed, ${failed.length} failed`);
  if (passed === 0 || failed.length > 0) process.exitCode = 1;
}

/** Says in a line that a runtime is not there, which is a failure only where all is required. */
export function tellMissing(runtime: string, remedy: string): void {
  console.log(`${runtime}: not run, for it is not there. ${remedy}`);
  if (process.env.SPIKELINE_REQUIRE_ALL === "1") process.exitCode = 1;
}
