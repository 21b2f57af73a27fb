import { expect } from "chai";
import { parquetHeader } from "hyparquet/src/column.js";
import { parquetWriteBuffer, type ParquetWriteOptions } from "hyparquet-writer";
import { InputError } from "../../lib/errors.js";
import { isParquet, readParquet } from "../../lib/files/parquet.js";
import { Dictionary } from "../../lib/kernels/dictionary.js";
import { cellsOf } from "../support/cells-of.js";

type Columns = ParquetWriteOptions["columnData"];

const read = async (columnData: Columns, as?: "nanoseconds" | "text", rowGroupSize = 1000) =>
  cellsOf(await readParquet(parquetWriteBuffer({ columnData, rowGroupSize }), "t.parquet"), as);

describe("readParquet(bytes)", () => {
  it("reads the columns of all row groups, and BigInts as numbers where those are exact", async () => {
    const columns: Columns = [
      { name: "a", type: "INT64", data: [1n, 2n ** 53n, null, -3n], nullable: true },
      { name: "b", type: "DOUBLE", data: [0.5, null, 2, 3], nullable: true },
      { name: "c", type: "STRING", data: ["x", "", null, "é"], nullable: true },
      { name: "d", type: "INT32", data: new Int32Array([1, 2, 3, 4]) },
    ];
    for (const rowGroupSize of [1, 3, 1000]) {
      const { header, cells } = await read(columns, "nanoseconds", rowGroupSize);
      expect(header).to.deep.equal(["a", "b", "c", "d"]);
      expect(cells.map((row) => row.map((cell) => cell ?? null))).to.deep.equal([
        [1, 0.5, "x", 1],
        [2n ** 53n, null, "", 2],
        [null, 2, null, 3],
        [-3, 3, "é", 4],
      ]);
    }
  });

  it("keeps timestamps as nanoseconds or ISO dates", async () => {
    const data = [new Date("2026-01-31T12:00:00.123Z"), new Date("1969-12-31T23:59:59.000Z")];
    const columns: Columns = [{ name: "t", type: "TIMESTAMP", data }];
    const { nanoseconds, cells } = await read(columns);
    expect(nanoseconds).to.deep.equal(["t"]);
    expect(cells).to.deep.equal([[BigInt(data[0].getTime()) * 1_000_000n], [-1_000_000_000n]]);
    expect((await read(columns, "text")).cells[0]).to.deep.equal(["2026-01-31T12:00:00.123Z"]);
  });

  it("keeps every digit of microseconds and nanoseconds", async () => {
    for (const [unit, factor] of [
      ["MICROS", 1000n],
      ["NANOS", 1n],
    ] as const) {
      const times = [1_700_000_000_123_456_789n, 0n, null];
      const bytes = parquetWriteBuffer({
        columnData: [{ name: "t", data: times }],
        schema: [
          { name: "root", num_children: 1 },
          {
            name: "t",
            type: "INT64",
            repetition_type: "OPTIONAL",
            logical_type: { type: "TIMESTAMP", isAdjustedToUTC: true, unit },
          },
        ],
      });
      const cells: unknown[] = [];
      await (await readParquet(bytes, "t.parquet")).rows((row) => cells.push(row.cell(0) ?? null), "nanoseconds");
      expect(cells, unit).to.deep.equal(times.map((time) => (time === null ? null : time * factor)));
    }
  });

  it("gives the codes of texts: −1 where there is none", async () => {
    const { rows } = await readParquet(
      parquetWriteBuffer({
        columnData: [
          { name: "a", type: "STRING", data: ["x", "", null, "x"], nullable: true },
          { name: "b", type: "INT32", data: [7, 8, 7, 8] },
        ],
      }),
      "t.parquet",
    );
    const dictionary = new Dictionary();
    const codes: number[][] = [];
    await rows((row) => codes.push([-1, 0, 1].map((column) => row.code(column, dictionary))), "nanoseconds");
    expect(codes).to.deep.equal([
      [-1, 0, 1],
      [-1, -1, 2],
      [-1, -1, 1],
      [-1, 0, 2],
    ]);
  });

  it("counts codes in the order of rows, whatever the order of the file's own dictionary, and the same in all row groups", async () => {
    const data = ["b", "a", "b", "é", "a", "c", "\ufeffa", "é"];
    const encodings = ["PLAIN", "RLE_DICTIONARY", "DELTA_BYTE_ARRAY"] as const;
    for (const encoding of encodings) {
      const columnData: Columns = [{ name: "a", type: "STRING", data, encoding }];
      const { rows } = await readParquet(parquetWriteBuffer({ columnData, rowGroupSize: 5 }), "t.parquet");
      const dictionary = new Dictionary();
      const codes: number[] = [];
      await rows((row) => codes.push(row.code(0, dictionary)), "nanoseconds");
      expect(codes, encoding).to.deep.equal([0, 1, 0, 2, 1, 3, 1, 2]);
      expect([0, 1, 2, 3].map((code) => dictionary.text(code))).to.deep.equal(["b", "a", "é", "c"]);
    }
  });

  it("reads only the columns that are wanted", async () => {
    const data = ["x", "y"];
    const bytes = parquetWriteBuffer({ columnData: ["a", "b"].map((name) => ({ name, type: "STRING", data })) });
    const cells: unknown[] = [];
    const { rows } = await readParquet(bytes, "t.parquet");
    await rows((row) => cells.push([row.cell(0) ?? null, row.cell(1)]), "text", new Set([1]));
    expect(cells).to.deep.equal([
      [null, "x"],
      [null, "y"],
    ]);
  });

  it("names the file that is damaged, wherever it is cut", async () => {
    const bytes = parquetWriteBuffer({ columnData: [{ name: "a", type: "DOUBLE", data: [1, 2, 3] }] });
    expect(isParquet(new Uint8Array(bytes))).to.equal(true);
    for (let length = 0; length < bytes.byteLength; length += 3) {
      try {
        await readParquet(bytes.slice(0, length), "t.parquet");
        expect.fail(`${length} bytes are read`);
      } catch (error) {
        expect(error).to.be.instanceOf(InputError);
        expect((error as InputError).message).to.match(/^t\.parquet: this Parquet file cannot be read/);
      }
    }
  });

  it("refuses a page that says to hold more values than its column, instead of filling them in", async () => {
    const bytes = parquetWriteBuffer({ columnData: [{ name: "a", type: "DOUBLE", data: [1, 2, 3, 4, 5] }] });
    const header = new Uint8Array(bytes, 4, 40);
    const values = header.findIndex((byte, i) => {
      const changed = bytes.slice(0);
      new Uint8Array(changed)[4 + i] = MANY;
      return byte === FIVE && valuesOfFirstPage(changed) === 63;
    });
    header[values] = MANY;
    const { rows } = await readParquet(bytes, "t.parquet");
    let error: unknown;
    await rows(() => undefined, "text").catch((caught: unknown) => (error = caught));
    expect(error).to.be.instanceOf(InputError);
    expect((error as InputError).message).to.match(/^t\.parquet: .*a page holds more values than its column/);
  });
});

/** 5 and 63 as Thrift's compact protocol writes them. */
const [FIVE, MANY] = [10, 126];

function valuesOfFirstPage(bytes: ArrayBuffer): number | undefined {
  try {
    const header = parquetHeader({ view: new DataView(bytes), offset: 4 });
    return (header.data_page_header ?? header.data_page_header_v2)?.num_values;
  } catch {
    return undefined;
  }
}
