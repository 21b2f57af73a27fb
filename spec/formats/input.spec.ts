import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { gzipSync } from "node:zlib";
import type { ColumnTable } from "arquero";
import { expect } from "chai";
import { parquetWriteBuffer } from "hyparquet-writer";
import { type TableFormat, tableContent } from "../../lib/files/write-table.js";
import { concurrencySpikeAnalysis, InputError, loadTrace, type SpanTrace } from "../../lib/index.js";

const CSV = "start_time,end_time\n0,1\n0.5,2\n";
const ends = (trace: unknown): unknown[] =>
  Array.from((trace as SpanTrace).spans.array("end_time") as Iterable<unknown>);
const failure = async (loading: Promise<unknown>): Promise<string> => {
  try {
    await loading;
  } catch (error) {
    expect(error).to.be.instanceOf(InputError);
    return (error as InputError).message;
  }
  return "no error";
};

let folder: string;
let server: Server;
let site: string;
before(async () => {
  folder = mkdtempSync(join(tmpdir(), "spikeline-"));
  server = createServer((request, response) => {
    if (request.url === "/t.csv") response.end(CSV);
    else if (request.url === "/t.csv.gz") response.end(gzipSync(CSV));
    else if (request.url === "/broken.csv") {
      response.writeHead(200, { "content-length": 1000 });
      response.write(CSV);
      setTimeout(() => response.destroy(), 20);
    } else response.writeHead(404).end("none");
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  site = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
after(() => {
  server.close();
  rmSync(folder, { recursive: true });
});
const put = (name: string, content: string | Uint8Array): string => {
  writeFileSync(join(folder, name), content);
  return join(folder, name);
};

describe("loadTrace, where bytes come from", () => {
  it("reads paths, addresses, URLs, Files, Blobs, Responses, attachments and streams, packed or not", async () => {
    const path = put("t.csv", CSV);
    for (const [input, source] of [
      [path, path],
      [pathToFileURL(path), path],
      [put("t.csv.gz", gzipSync(CSV)), `${path}.gz`],
      [`${site}/t.csv`, `${site}/t.csv`],
      [new URL(`${site}/t.csv.gz`), `${site}/t.csv.gz`],
      [new File([CSV], "upload.csv"), "upload.csv"],
      [new Blob([gzipSync(CSV)]), "the blob"],
      [new Response(CSV), "the response"],
      [{ name: "attached.csv", blob: () => Promise.resolve(new Blob([CSV])) }, "attached.csv"],
      [new Blob([CSV]).stream(), "the stream"],
      [await fetch(`${site}/t.csv`), `${site}/t.csv`],
    ] as const) {
      const trace = await loadTrace(input);
      expect(ends(trace), source).to.deep.equal([1, 2]);
      expect(trace.source).to.equal(source);
    }
  });

  it("reads several of them as one trace", async () => {
    const trace = await loadTrace([put("t.csv", CSV), `${site}/t.csv`, new File([CSV], "upload.csv")]);
    expect(ends(trace)).to.deep.equal([1, 2, 1, 2, 1, 2]);
    expect(trace.source).to.equal(`${join(folder, "t.csv")}, ${site}/t.csv, upload.csv`);
  });

  it("says why there is nothing to read", async () => {
    expect(await failure(loadTrace(`${site}/none.csv`))).to.equal(
      `${site}/none.csv: the server answers 404 Not Found. Check the address, and whether it needs a login.`,
    );
    expect(await failure(loadTrace(`${site}/broken.csv`))).to.include("broken.csv: the answer breaks off");
    expect(await failure(loadTrace("http://127.0.0.1:1/t.csv"))).to.include("nothing can be fetched");
    expect(await failure(loadTrace(new URL("ftp://localhost/t.csv")))).to.include("only http:, https: and file:");
    const used = new Response(CSV);
    await used.text();
    expect(await failure(loadTrace(used))).to.include("has been read already");
  });
});

describe("loadTrace, Parquet and Arrow", () => {
  const start = Date.UTC(2026, 0, 31, 12);
  const bytes = () =>
    new Uint8Array(
      parquetWriteBuffer({
        columnData: [
          { name: "start_time", type: "TIMESTAMP", data: [new Date(start), new Date(start + 500)] },
          { name: "end_time", type: "TIMESTAMP", data: [new Date(start + 1000), new Date(start + 2000)] },
          { name: "agent", type: "STRING", data: ["x", null], nullable: true },
        ],
      }),
    );

  it("takes the unit of a timestamp from the column, whatever the mapping says, wherever the file is", async () => {
    const path = put("t.parquet", bytes());
    for (const [input, columns] of [
      [path, undefined],
      [path, "start=start_time:ns,end=end_time:ms"],
      [put("t.parquet.gz", gzipSync(bytes())), undefined],
      [new Blob([bytes()]), undefined],
      [new Blob([bytes()]).stream(), undefined],
    ] as const) {
      const trace = (await loadTrace(input, columns === undefined ? {} : { columns })) as SpanTrace;
      expect(trace.origin).to.equal(BigInt(start) * 1_000_000n);
      expect(ends(trace)).to.deep.equal([1, 2]);
      expect(Array.from(trace.spans.array("agent") as Iterable<unknown>)).to.deep.equal(["x", null]);
    }
  });

  it("reads back the calls that were written, of every sample", async () => {
    const rows = (table: ColumnTable): object[] => table.objects().map((row) => ({ ...row, source: null, row: null }));
    for (const sample of ["research-agents.json", "support-desk.csv", "coding-sessions.csv"]) {
      const path = fileURLToPath(new URL(`../../data/${sample}`, import.meta.url));
      expect(readFileSync(path).length).to.be.above(0);
      const { calls } = concurrencySpikeAnalysis(await loadTrace(path));
      for (const format of ["parquet", "arrow"] satisfies TableFormat[]) {
        const pieces = [...(await tableContent(calls, format))] as Uint8Array<ArrayBuffer>[];
        const again = await loadTrace(new File(pieces, `calls.${format}`));
        const result = concurrencySpikeAnalysis(again);
        const names = calls.columnNames().filter((name) => result.calls.columnNames().includes(name));
        expect(names).to.include.members(["start_time", "end_time", "parent_call_id", "operation_name", "uuid"]);
        expect(rows(result.calls.select(names)), `${sample} as ${format}`).to.deep.equal(rows(calls.select(names)));
      }
    }
  });
});
