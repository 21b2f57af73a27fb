import { expect } from "chai";
import { fold } from "../../lib/report/fold.js";

describe("fold(text, width, indent)", () => {
  it("breaks between words, as late as it can", () => {
    expect(fold("one two three", 7)).to.deep.equal(["one two", "three"]);
    expect(fold("one two three", 8)).to.deep.equal(["one two", "three"]);
    expect(fold("one two three", 12)).to.deep.equal(["one two", "three"]);
    expect(fold("one two three", 13)).to.deep.equal(["one two three"]);
  });
  it("begins the lines below the first with the indent, which counts", () => {
    expect(fold("  one two three", 9, "    ")).to.deep.equal(["  one two", "    three"]);
    expect(fold("a bb cc", 5, "  ")).to.deep.equal(["a bb", "  cc"]);
  });
  it("keeps a word whole that is longer than a line", () => {
    expect(fold("a long-word b", 4)).to.deep.equal(["a", "long-word", "b"]);
    expect(fold("", 4)).to.deep.equal([""]);
  });
});
