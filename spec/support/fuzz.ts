import { concurrencySpikeAnalysis, InputError, inspectReport, loadTrace } from "../../lib/index.js";

/**
 * Reads bytes as a file: it gives a result, or one clear error.
 *
 * @returns what came of it
 * @throws anything else
 */
export async function readHostile(bytes: Uint8Array, name: string): Promise<"result" | "error"> {
  const before = Object.getOwnPropertyNames(Object.prototype).length;
  try {
    const trace = await loadTrace(new File([new Uint8Array(bytes)], name));
    const { summary, diagnostics } = concurrencySpikeAnalysis(trace);
    if (summary.numRows() !== 1 || diagnostics.numRows() === 0) throw new Error("a result without a summary");
    inspectReport(trace);
    return "result";
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    if (error.message.length > 2000)
      throw new Error(`an error of ${error.message.length} characters`, { cause: error });
    return "error";
  } finally {
    const polluted = Object.getOwnPropertyNames(Object.prototype).length !== before || "polluted" in {};
    // eslint-disable-next-line no-unsafe-finally
    if (polluted) throw new Error("the prototype of all objects was changed");
  }
}
