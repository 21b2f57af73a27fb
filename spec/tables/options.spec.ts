import { expect } from "chai";
import { OptionError } from "../../lib/index.js";
import { resolveOptions } from "../../lib/tables/options.js";

describe("resolveOptions(options)", () => {
  it("fills in the presets of the mode", () => {
    expect(resolveOptions()).to.deep.equal({
      mode: "default",
      pairing: "keyed",
      parents: "auto",
      openCalls: "censor",
      kinds: ["LLM", "TOOL"],
      counting: "inclusive",
      dedupe: true,
      coalesce: true,
      listActive: false,
    });
    expect(resolveOptions({ mode: "nat" })).to.deep.equal({
      mode: "nat",
      pairing: "nat",
      parents: "stack",
      openCalls: "zero",
      kinds: ["LLM", "TOOL"],
      counting: "inclusive",
      dedupe: false,
      coalesce: false,
      listActive: true,
    });
  });
  it("lets each option be given alone, and takes undefined for left out", () => {
    expect(resolveOptions({ mode: "nat", coalesce: true, threshold: undefined } as never)).to.deep.equal({
      ...resolveOptions({ mode: "nat" }),
      coalesce: true,
    });
  });
  it("writes kinds in capitals", () => {
    expect(resolveOptions({ kinds: ["llm", "Retriever"] }).kinds).to.deep.equal(["LLM", "RETRIEVER"]);
  });
  it("names the options where one is unknown", () => {
    expect(() => resolveOptions({ treshold: 2 } as never)).to.throw(
      OptionError,
      "`treshold` is not an option; there are mode, pairing, parents, openCalls, kinds, counting, dedupe, coalesce, threshold, listActive, align, where, window.",
    );
  });
  it("takes a positive threshold in the default mode, and any in NAT mode", () => {
    for (const threshold of [0, -3])
      expect(() => resolveOptions({ threshold })).to.throw(
        OptionError,
        `\`threshold\` must be a positive integer, not ${threshold}.`,
      );
    expect(resolveOptions({ threshold: 1 }).threshold).to.equal(1);
    expect(resolveOptions({ mode: "nat", threshold: 0 }).threshold).to.equal(0);
    expect(resolveOptions({ mode: "nat", threshold: -3 }).threshold).to.equal(-3);
  });
  const wrong: [Record<string, unknown>, string][] = [
    [{ mode: "fast" }, '`mode` must be "default" or "nat", not "fast".'],
    [{ parents: "guess" }, '`parents` must be "auto", "ids", "containment" or "stack", not "guess".'],
    [{ openCalls: "keep" }, '`openCalls` must be "censor", "drop" or "zero", not "keep".'],
    [{ kinds: [] }, '`kinds` must be a list of kinds, like ["LLM", "TOOL"], not [].'],
    [{ kinds: "LLM" }, '`kinds` must be a list of kinds, like ["LLM", "TOOL"], not "LLM".'],
    [{ threshold: 2.5 }, "`threshold` must be a whole number, not 2.5."],
    [{ threshold: NaN }, "`threshold` must be a whole number, not NaN."],
    [{ coalesce: "yes" }, '`coalesce` must be true or false, not "yes".'],
    [{ align: "end" }, '`align` must be "start", not "end".'],
    [{ where: { model: 3 } }, '`where` must give a text for each column, not {"model":3}.'],
    [{ window: [5, 5] }, "`window` must be two numbers, the first below the second, not [5,5]."],
  ];
  for (const [options, message] of wrong) {
    it(`says ${message}`, () => {
      expect(() => resolveOptions(options)).to.throw(OptionError, message);
    });
  }
  it("takes an endless window", () => {
    expect(resolveOptions({ window: [-Infinity, 3] }).window).to.deep.equal([-Infinity, 3]);
  });
});
