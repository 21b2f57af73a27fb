import { gzipSync } from "node:zlib";
import { expect } from "chai";
import fc from "fast-check";
import { InputError } from "../../lib/errors.js";
import { decompressLz4Frame } from "../../lib/files/lz4.js";
import { node } from "../../lib/files/node.js";
import { allBytes } from "../../lib/files/source.js";
import { unpack } from "../../lib/files/unpack.js";

const CONTENT = "start_time,end_time\n0,1\n2,3\n";
// made by Python's zstandard: two frames, each behind a skippable one
const FRAMES = Buffer.from(
  "UCpNGAMAAABhYmMotS/9JBjBAABzdGFydF90aW1lLGVuZF90aW1lCjAsMQqq42nhUCpNGAMAAABhYmMotS/9JAQhAAAyLDMKKIoZYg==",
  "base64",
);
const ZSTD = FRAMES.subarray(11);
const gzip = (...parts: (string | Uint8Array)[]): Buffer => Buffer.concat(parts.map((part) => gzipSync(part)));

/** Unpacks bytes that arrive in chunks of a size, all in the same memory. */
async function unpacked(bytes: Uint8Array, size = bytes.length || 1): Promise<string> {
  async function* chunks() {
    const shared = new Uint8Array(size);
    for (let i = 0; i < bytes.length; i += size) {
      const chunk = bytes.subarray(i, i + size);
      shared.set(chunk);
      yield await Promise.resolve(shared.subarray(0, chunk.length));
    }
  }
  return Buffer.from(await allBytes(unpack(chunks(), "t.csv.gz", node.gunzip))).toString();
}

const failure = async (bytes: Uint8Array): Promise<string> => {
  try {
    await unpacked(bytes);
  } catch (error) {
    expect(error).to.be.instanceOf(InputError);
    return (error as InputError).message;
  }
  return "no error";
};

describe("unpack(chunks)", () => {
  it("reads all members of a gzip, all frames of a zstd, one in the other, and passes the rest on", async () => {
    for (const bytes of [
      Buffer.from(CONTENT),
      gzip(CONTENT),
      gzip(CONTENT.slice(0, 20), CONTENT.slice(20)),
      ZSTD,
      FRAMES,
      gzip(ZSTD),
      gzip(gzip(CONTENT)),
    ])
      for (const size of [1, 2, 3, 7, 1000]) expect(await unpacked(bytes, size)).to.equal(CONTENT);
  });

  it("passes any other bytes on, however they are cut", async () => {
    const bytes = fc.uint8Array({ maxLength: 30 }).map((tail) => Uint8Array.of(0x7b, ...tail));
    await fc.assert(
      fc.asyncProperty(bytes, fc.integer({ min: 1, max: 9 }), async (bytes, size) => {
        expect(await unpacked(bytes, size)).to.equal(Buffer.from(bytes).toString());
      }),
    );
  });

  it("keeps what is longer than a chunk", async () => {
    const long = Array.from({ length: 300_000 }, (_, i) => `${i},${(i * 7919) % 1000}\n`).join("");
    expect((await unpacked(gzip(long), 5000)) === long).to.equal(true);
  });

  it("turns UTF-16 with a byte order mark into UTF-8", async () => {
    const little = Buffer.from(`\ufeff${CONTENT}é`, "utf16le");
    for (const bytes of [little, Buffer.from(little).swap16()])
      expect(await unpacked(bytes, 3)).to.equal(`${CONTENT}é`);
  });

  it("passes nothing on where there is nothing", async () => {
    expect(await unpacked(new Uint8Array(0))).to.equal("");
  });

  it("names the file that breaks off or is damaged, wherever it is cut", async () => {
    for (const whole of [gzip(CONTENT), ZSTD.subarray(0, 37)])
      for (let length = 4; length < whole.length; length++)
        expect(await failure(whole.subarray(0, length)), `${length} bytes`).to.match(/^t\.csv\.gz: the .* breaks off/);
    const damaged = gzip(CONTENT);
    damaged[damaged.length - 6] ^= 1;
    expect(await failure(damaged)).to.match(/^t\.csv\.gz: the gzip data is damaged/);
  });

  it("tells what is packed again and again", async () => {
    expect(await failure(gzip(gzip(gzip(gzip(gzip(CONTENT))))))).to.include("again and again");
  });
});

describe("decompressLz4Frame(input, length)", () => {
  it("copies literals and matches that run into themselves", () => {
    // "abc", then eight bytes from three back, then "z" as it ends
    const block = [0x34, 0x61, 0x62, 0x63, 3, 0, 0x10, 0x7a];
    const frame = Uint8Array.of(0x04, 0x22, 0x4d, 0x18, 0x40, 0x40, 0, block.length, 0, 0, 0, ...block, 0, 0, 0, 0);
    expect(Buffer.from(decompressLz4Frame(frame, 12)).toString()).to.equal("abcabcabcabz");
    expect(() => decompressLz4Frame(frame, 11)).to.throw();
    expect(() => decompressLz4Frame(frame.subarray(0, 14), 12)).to.throw();
  });
});
