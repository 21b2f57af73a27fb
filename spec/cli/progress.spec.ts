import { expect } from "chai";
import { progressLine } from "../../lib/cli/progress.js";

/** What a terminal of so many columns is sent, and a clock that goes on as it is told. */
function terminal(columns = 80, isTTY = true) {
  const written: string[] = [];
  const clock = { ms: 0 };
  const line = progressLine({ columns, isTTY, write: (text: string) => written.push(text) }, () => clock.ms);
  const at = (ms: number, read: number, total?: number): void => {
    clock.ms = ms;
    line.progress(read, total);
  };
  return { written, at, clear: line.clear.bind(line) };
}

describe("progressLine(stream)", () => {
  it("tells the share, the rate and the time left, and takes itself away", () => {
    const { written, at, clear } = terminal();
    at(5000, 1e6, 200e6);
    at(7000, 50e6, 200e6);
    at(105_000, 100e6, 200e6);
    clear();
    expect(written).to.deep.equal([
      "\r\x1b[Kreading  ▏                     0 %  1 of 200 MB",
      "\r\x1b[Kreading  █████                 25 %  50 of 200 MB  25 MB/s  6 s left",
      "\r\x1b[Kreading  ██████████            50 %  100 of 200 MB  1 MB/s  1 min 40 s left",
      "\r\x1b[K",
    ]);
  });
  it("tells what it can of a stream without an end in sight", () => {
    const { written, at } = terminal();
    at(0, 1e6);
    at(1000, 1200e6);
    expect(written).to.deep.equal(["\r\x1b[Kreading  1,200 MB  1,200 MB/s"]);
  });
  it("does not write more than five times a second, nor wider than the terminal", () => {
    const { written, at } = terminal(30);
    for (let ms = 0; ms <= 1000; ms += 10) at(ms, ms * 1e5, 200e6);
    expect(written).to.have.length(6);
    expect(Math.max(...written.map((text) => text.slice("\r\x1b[K".length).length))).to.equal(29);
  });
  it("says nothing of small files, nor where there is no terminal", () => {
    const small = terminal();
    small.at(1000, 1e6, 40e6);
    const pipe = terminal(80, false);
    pipe.at(1000, 100e6, 200e6);
    small.clear();
    pipe.clear();
    expect([...small.written, ...pipe.written]).to.deep.equal([]);
  });
});
