import {
  columnFromArray,
  type DataType,
  dateDay,
  dictionary,
  duration,
  float64,
  int64,
  tableFromColumns,
  tableToIPC,
  timestamp,
  TimeUnit,
  utf8,
} from "@uwdata/flechette";
import { expect } from "chai";
import { InputError } from "../../lib/errors.js";
import { isArrow, readArrow } from "../../lib/files/arrow.js";
import { cellsOf } from "../support/cells-of.js";

function bytesOf(columns: Record<string, [DataType, unknown[]]>, format: "file" | "stream" = "file"): Uint8Array {
  const made = Object.entries(columns).map(
    ([name, [type, values]]) => [name, columnFromArray(values, type, { useBigInt: true, maxBatchRows: 2 })] as const,
  );
  return tableToIPC(tableFromColumns(made as never), { format }) as Uint8Array;
}

const read = (bytes: Uint8Array, as?: "nanoseconds" | "text") => cellsOf(readArrow(bytes, "t.arrow"), as);

describe("readArrow(bytes)", () => {
  it("reads files and streams, of several batches", async () => {
    for (const format of ["file", "stream"] as const) {
      const bytes = bytesOf(
        {
          a: [float64(), [0.5, null, 2]],
          b: [utf8(), ["x", "", null]],
          c: [dictionary(utf8()), ["m", null, "m"]],
          d: [int64(), [1n, 2n ** 60n, null]],
        },
        format,
      );
      expect(isArrow(bytes), format).to.equal(true);
      const { header, cells } = await read(bytes);
      expect(header).to.deep.equal(["a", "b", "c", "d"]);
      expect(cells).to.deep.equal([
        [0.5, "x", "m", 1],
        [null, "", null, 2n ** 60n],
        [2, null, "m", null],
      ]);
    }
  });

  it("keeps times and lengths of time of every unit as nanoseconds, and times as ISO dates", async () => {
    const units = [TimeUnit.SECOND, TimeUnit.MILLISECOND, TimeUnit.MICROSECOND, TimeUnit.NANOSECOND];
    for (const unit of units) {
      const day = Date.UTC(2026, 0, 31);
      const bytes = bytesOf({
        t: [timestamp(unit), [day, null]],
        l: [duration(unit), [3n, null]],
        d: [dateDay(), [day, null]],
      });
      const { nanoseconds, cells } = await read(bytes);
      const time = BigInt(day) * 1_000_000n;
      expect(nanoseconds).to.deep.equal(["t", "l", "d"]);
      expect(cells).to.deep.equal([
        [time, 3n * 1000n ** BigInt(3 - unit), time],
        [null, null, null],
      ]);
      const date = "2026-01-31T00:00:00.000Z";
      expect((await read(bytes, "text")).cells[0]).to.deep.equal([date, cells[0][1], date]);
    }
  });

  it("names the file that is damaged", () => {
    const bytes = bytesOf({ a: [float64(), [1, 2, 3]] });
    for (const cut of [7, 20, Math.floor(bytes.length / 2)])
      expect(() => readArrow(bytes.subarray(0, cut), "t.arrow"), `${cut} bytes`).to.throw(
        InputError,
        /^t\.arrow: this Arrow file cannot be read/,
      );
  });
});
