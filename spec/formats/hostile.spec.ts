import { expect } from "chai";
import { concurrencySpikeAnalysis, InputError, loadTrace } from "../../lib/index.js";

const DEPTH = 1e6;
const deep = `${"[".repeat(DEPTH)}${"]".repeat(DEPTH)}`;
const LONG = "x".repeat(2e7);

const read = (text: string | Uint8Array<ArrayBuffer>, name = "file") => loadTrace(new File([text], name));
const failure = async (text: string | Uint8Array<ArrayBuffer>): Promise<string> => {
  try {
    await read(text);
  } catch (error) {
    if (error instanceof InputError) return error.message;
    throw error;
  }
  return "no error";
};

describe("hostile files", () => {
  it("a million levels deep give one clear error, wherever they stand", async () => {
    expect(await failure(deep)).to.match(/no trace that is known/);
    expect(await failure(`${'{"a":'.repeat(DEPTH)}1${"}".repeat(DEPTH)}`)).to.match(/no trace that is known/);
    expect(await failure(`[{"intermediate_steps":${deep}}]`)).to.match(/no row can be used; of the first, too deep/);
    expect(await failure(`{"resourceSpans":[{"scopeSpans":[{"spans":${deep}}]}]}`)).to.match(/no row can be used/);
    expect(await failure("[".repeat(DEPTH))).to.match(/breaks off/);
  }).timeout(20000);

  it("a line of 20 MB is read, and its text is not kept", async () => {
    const span = `{"traceId":"a","spanId":"b","name":"${LONG}","startTimeUnixNano":"1","endTimeUnixNano":"2"}`;
    const { spans } = (await read(`{"resourceSpans":[{"scopeSpans":[{"spans":[${span}]}]}]}\n`)) as {
      spans: { numRows(): number };
    };
    expect(spans.numRows()).to.equal(1);
    expect(concurrencySpikeAnalysis(await read(`start_time,end_time,prompt\n0,1,${LONG}\n`)).calls.numRows()).to.equal(
      1,
    );
  }).timeout(20000);

  it("a first line of a million commas is no table", async () => {
    expect(await failure(`start_time,end_time${",".repeat(1e6)}\n0,1\n`)).to.match(
      /1000002 fields, more than any table/,
    );
  });

  it("keys of the prototype are keys like any other", async () => {
    const call = '{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}},"start_time":0,"end_time":1}';
    const { calls } = concurrencySpikeAnalysis(await read(call));
    expect(calls.numRows()).to.equal(1);
    expect("polluted" in {}).to.equal(false);
  });

  it("other encodings than UTF-8 give one clear error or are read", async () => {
    const utf16 = Uint8Array.from([0xff, 0xfe, ...Array.from("[1]").flatMap((letter) => [letter.charCodeAt(0), 0])]);
    expect(await failure(utf16)).to.not.equal("no error");
    expect(await failure(Uint8Array.of(0x5b, 0x22, 0xc3, 0x28, 0x22, 0x5d))).to.match(/UTF-8/);
    expect(await failure("start_time,end_time\n0,\0\n")).to.not.equal("no error");
  });
});
