import { expect } from "chai";
import { resolveGenerateOptions, type GenerateOptions } from "../../lib/generate/options.js";
import { OptionError } from "../../lib/index.js";

describe("resolveGenerateOptions(options)", () => {
  it("fills in what is left out, a twelfth of the calls for the examples", () => {
    expect(resolveGenerateOptions({ calls: 600, failures: undefined } as unknown as GenerateOptions)).to.include({
      calls: 600,
      examples: 50,
      seed: 1,
      arrivals: "poisson",
      failures: 0,
      incident: "none",
    });
    expect(resolveGenerateOptions({ calls: 3 }).examples).to.equal(1);
  });

  const wrong: [unknown, string][] = [
    [{ calls: 0 }, "`calls` must be a positive integer, not 0."],
    [{ calls: 1.5 }, "`calls` must be a positive integer, not 1.5."],
    [{ calls: 10, examples: 20 }, "`examples` must be at most 10, as many as there are calls, not 20."],
    [{ seed: -1 }, "`seed` must be a whole number from 0 to 4294967295, not -1."],
    [{ rate: NaN }, "`rate` must be a positive number of examples per second, not NaN."],
    [{ arrivals: "steady" }, '`arrivals` must be "poisson", "bursty", "daily" or "closed", not "steady".'],
    [{ failures: 1.2 }, "`failures` must be a share from 0 to 1, not 1.2."],
    [{ contention: [1] }, "`contention` must be two numbers from 0, σ and κ, not [1]."],
    [{ incident: "flood" }, '`incident` must be "burst", "slowdown", "both" or "none", not "flood".'],
    [
      { incidentWindow: [5, 5] },
      "`incidentWindow` must be two numbers of seconds from 0, the first below the second, not [5,5].",
    ],
    [
      { models: [] },
      "`models` must be a list of {name, weight, firstToken, perToken, cv, completionTokens, completionCv}, not [].",
    ],
    [{ cals: 5 }, /^`cals` is not an option; there are seed, calls, examples, .*tools\.$/ as unknown as string],
  ];
  for (const [options, message] of wrong) {
    it(`refuses ${JSON.stringify(options)}`, () => {
      expect(() => resolveGenerateOptions(options as GenerateOptions)).to.throw(OptionError, message);
    });
  }
});
