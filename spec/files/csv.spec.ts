import { expect } from "chai";
import fc from "fast-check";
import { InputError } from "../../lib/errors.js";
import { readCsv } from "../../lib/files/csv.js";

/** Reads a text that arrives in chunks, cut at the given bytes. */
async function read(
  text: string,
  cuts: readonly number[] = [],
): Promise<{ header: readonly string[]; rows: string[][] }> {
  const bytes = Buffer.from(text);
  const places = [0, ...cuts.map((cut) => cut % (bytes.length + 1)).sort((a, b) => a - b), bytes.length];
  async function* chunks() {
    await Promise.resolve();
    for (let i = 1; i < places.length; i++) yield bytes.subarray(places[i - 1], places[i]);
  }
  const csv = await readCsv(chunks(), "t.csv");
  const rows: string[][] = [];
  await csv.rows((row, number) => {
    rows.push(csv.header.map((_, column) => row.cell(column) ?? "none"));
    expect(number).to.equal(rows.length);
  });
  const { header } = csv;
  return { header, rows };
}

const failure = async (text: string): Promise<string> => {
  try {
    await read(text);
  } catch (error) {
    expect(error).to.be.instanceOf(InputError);
    return (error as InputError).message;
  }
  return "no error";
};

describe("readCsv(chunks)", () => {
  it("reads fields, quoted ones with separators, quotes and line breaks in them", async () => {
    expect(await read('a,b\n1,"x, ""y""\nz"\n"",3\n')).to.deep.equal({
      header: ["a", "b"],
      rows: [
        ["1", 'x, "y"\nz'],
        ["", "3"],
      ],
    });
  });

  it("finds tabs, semicolons and bars out from the header", async () => {
    for (const mark of ["\t", ";", "|"])
      expect((await read(`a${mark}b\n1${mark}2,3\n`)).rows).to.deep.equal([["1", "2,3"]]);
  });

  it("takes a byte order mark, CRLF, blank lines and a last line without a break", async () => {
    expect(await read("\ufeffa,b\r\n\r\n1,2\r\n3,4")).to.deep.equal({
      header: ["a", "b"],
      rows: [
        ["1", "2"],
        ["3", "4"],
      ],
    });
  });

  it("takes a header alone, and leaves a quote within an unquoted field as it is", async () => {
    expect((await read("a,b")).rows).to.deep.equal([]);
    expect((await read('a,b\n5" disk,2\n')).rows).to.deep.equal([['5" disk', "2"]]);
    expect(await read('5" disk,b\n1,2\n')).to.deep.equal({ header: ['5" disk', "b"], rows: [["1", "2"]] });
  });

  it("takes one column, where an empty quoted field is a row and an empty line is none", async () => {
    expect(await read('a\nx\n\n""\n\r\ny\r\n')).to.deep.equal({ header: ["a"], rows: [["x"], [""], ["y"]] });
  });

  it("names the row that has too few or too many fields", async () => {
    expect(await failure("a,b,c\n1,2,3\n1,2\n4,5,6\n")).to.match(/^t\.csv, row 2: 2 fields where the header names 3/);
    expect(await failure('a,b\n1,"2",3\n')).to.match(/^t\.csv, row 1: 3 fields/);
  });

  it("names the row with a quote that is not closed, or with text behind one", async () => {
    expect(await failure('a,b\n1,2\n3,"4\n5,6\n')).to.match(/^t\.csv, row 2: a quote is opened here/);
    expect(await failure('a,b\n"1"x,2\n')).to.match(/^t\.csv, row 1: text stands behind a closing quote/);
    expect(await failure('a,b\n1,"2"\rx\n')).to.match(/^t\.csv, row 1: text stands behind a closing quote/);
    expect(await failure('a,b\n"1"\r,2\n')).to.match(/^t\.csv, row 1: text stands behind a closing quote/);
    expect(await failure('a,"b\n1,2\n')).to.match(/^t\.csv: a quote is opened here/);
  });

  it("says that an empty file is empty", async () => {
    expect(await failure("")).to.match(/t\.csv: the file is empty/);
    expect(await failure("\n\n")).to.match(/t\.csv: the file is empty/);
  });

  it("reads any rows, wherever the chunks are cut", async () => {
    const field = fc.oneof(
      fc.string({ maxLength: 6 }),
      fc.constantFrom("", '"', ",", "\n", 'a"b', "日本", "🙂", "\ufeff", " x ", '""'),
    );
    // a lone CR is part of a line end to some, and text to others
    const cell = field.map((text) => text.replaceAll("\r", "."));
    const rows = fc.array(fc.tuple(cell, cell, cell), { maxLength: 8 });
    const name = cell.map((text) => text.replaceAll("\ufeff", ".").trim());
    const quoted = (text: string, always: boolean) =>
      always || /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
    // a header with more bars in its names than commas between them is one with bars between, unless they are quoted
    const isMark = (text: string) => /[\t;|]/.test(text);
    await fc.assert(
      fc.asyncProperty(
        fc.tuple(name, name, name),
        rows,
        fc.constantFrom("", "\ufeff"),
        fc.boolean(),
        fc.boolean(),
        fc.boolean(),
        fc.array(fc.nat(), { maxLength: 6 }),
        async (names, cells, mark, crlf, last, always, cuts) => {
          const end = crlf ? "\r\n" : "\n";
          const lines = [
            names.map((name) => quoted(name, always || isMark(name))).join(","),
            ...cells.map((row) => row.map((text) => quoted(text, always)).join(",")),
          ];
          const text = mark + lines.join(end) + (last ? end : "");
          expect(await read(text, cuts)).to.deep.equal({ header: names, rows: cells });
        },
      ),
      { numRuns: 1000 },
    );
  });

  it("reads fields of every length, whose bytes are like separators but for a bit, wherever the chunks are cut", async () => {
    // 0x8a, 0x89, 0xac and 0xbb end these: a line break, a tab, a comma and a semicolon with the highest bit set
    const piece = fc.constantFrom("", "x", "Ċ", "ĉ", "¬", "»", "\u000b", "-", "+", "\u0001", "{", "}", "🙂");
    const cell = fc.array(piece, { maxLength: 10 }).map((pieces) => pieces.join(""));
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.constant("k"), cell, cell, cell), { maxLength: 6 }),
        fc.constantFrom(",", "\t", ";", "|"),
        fc.constantFrom("\n", "\r\n"),
        fc.array(fc.nat(), { maxLength: 9 }),
        async (rows, mark, end, cuts) => {
          const header = ["a", "b", "c", "d"];
          const text = [header, ...rows].map((row) => row.join(mark) + end).join("");
          expect(await read(text, cuts)).to.deep.equal({ header, rows });
        },
      ),
      { numRuns: 1000 },
    );
  });

  it("remembers nothing of an earlier, longer chunk: a quote there closes nothing here", async () => {
    const long = `"${"x".repeat(50)}","y"`;
    const text = `a,b\n${long}\n${long}\n"1","2"\n"3","4"\n`;
    const start = text.indexOf('"1"');
    for (let cut = start; cut < text.length; cut++) {
      const { rows } = await read(text, [4 + long.length, start, cut]);
      expect(rows.slice(2)).to.deep.equal([
        ["1", "2"],
        ["3", "4"],
      ]);
    }
    expect(await failure(`a,b\n${long}\n"1,2`)).to.match(/^t\.csv, row 2: a quote is opened here/);
  });

  it("refuses what is not UTF-8, wherever it stands", async () => {
    for (let place = 0; place < 12; place++) {
      const bytes = Buffer.from('a,b\n123456789012,"3456789012xx"\n');
      for (const at of [4 + place, 18 + place]) {
        const broken = Buffer.from(bytes);
        broken[at] = 0xff;
        let message = "no error";
        async function* chunks() {
          await Promise.resolve();
          yield broken;
        }
        try {
          await (await readCsv(chunks(), "t.csv")).rows(() => undefined);
        } catch (error) {
          message = (error as InputError).message;
        }
        expect(message, String(at)).to.equal("t.csv: this is not text in UTF-8. Save the file as UTF-8.");
      }
    }
  });
});
