import { expect } from "chai";
import { detectRows, type DocumentFormat } from "../../lib/formats/detect.js";
import { Sinks } from "../../lib/formats/sinks.js";
import { Findings } from "../../lib/tables/diagnostics.js";
import { recordRows } from "../../lib/formats/record-rows.js";
import { ValueRow } from "../../lib/formats/row.js";
import { callsColumns } from "../../lib/tables/calls.js";

const read: unknown[] = [];
const collecting: DocumentFormat = {
  name: "collecting",
  title: "a collection",
  yields: "spans",
  detect: () => true,
  reader: () => ({
    read: (document, number) => read.push([number, document]),
    done: () => read.push("done"),
  }),
};
const nameOf = (header: string) => detectRows(header.split(","), new Map())?.name;

describe("recordRows(format, header)", () => {
  it("hands each row on as an object, empty cells as null, and tells the end", () => {
    read.length = 0;
    const reader = recordRows(collecting, ["a", "b"]).reader(new Sinks(new Findings()), null);
    reader.read(new ValueRow(["1", ""]), 1);
    reader.read(new ValueRow([2]), 2);
    reader.done?.();
    expect(read.map((entry) => JSON.stringify(entry))).to.deep.equal([
      '[1,{"a":"1","b":null}]',
      '[2,{"a":2,"b":null}]',
      '"done"',
    ]);
  });

  it("takes a column of any name", () => {
    read.length = 0;
    const header = ["__proto__", "constructor", "", "toString"];
    recordRows(collecting, header)
      .reader(new Sinks(new Findings()), null)
      .read(new ValueRow(["x", "y", "z", ""]), 1);
    const [[, record]] = read as [[number, Record<string, unknown>]];
    expect(Object.entries(record)).to.deep.equal([
      ["__proto__", "x"],
      ["constructor", "y"],
      ["", "z"],
      ["toString", null],
    ]);
  });
});

describe("detectRows(header, map)", () => {
  it("knows formats of documents by their columns, before tables of calls", () => {
    expect(nameOf("context.span_id,span_kind,start_time,end_time")).to.equal("phoenix");
    expect(nameOf("start_time,end_time")).to.equal("tidy");
    expect(nameOf(callsColumns.map(({ name }) => name).join())).to.equal("tidy");
    expect(nameOf("event_type,event_timestamp,traceId,id,timestamp,duration")).to.equal("nat-csv");
    expect(nameOf("__proto__,constructor")).to.equal(undefined);
  });

  it("leaves all to the mapping where there is one", () => {
    const map = new Map([["name", { from: "span_kind" }]]);
    expect(detectRows(["context.span_id", "span_kind", "start_time", "end_time"], map)?.name).to.equal("tidy");
  });
});
