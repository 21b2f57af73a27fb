import { expect } from "chai";
import fc from "fast-check";
import { browser } from "../../lib/files/browser.js";
import { type Parts, readJsonDocuments } from "../../lib/files/json-documents.js";
import { node } from "../../lib/files/node.js";
import type { JsonBytes } from "../../lib/files/platform.js";

const encoder = new TextEncoder();

/** The bytes of a text in chunks of so many, all in the same memory. */
async function* chunksOf(text: string, size: number): AsyncGenerator<Uint8Array> {
  const bytes = encoder.encode(text);
  const chunk = new Uint8Array(size);
  for (let from = 0; from < bytes.length; from += size) {
    await Promise.resolve();
    const part = bytes.subarray(from, from + size);
    chunk.set(part);
    yield chunk.subarray(0, part.length);
  }
}

async function read(json: JsonBytes, text: string, size: number, parts?: Parts): Promise<unknown[] | Error> {
  const documents: unknown[] = [];
  try {
    await readJsonDocuments(chunksOf(text, size), "t.json", (document) => documents.push(document), json, parts);
    return documents;
  } catch (error) {
    return error as Error;
  }
}

/** What is read, which is the same in Node and in a browser. */
async function documentsIn(text: string, size = 7, parts?: Parts): Promise<unknown[]> {
  const [documents, inBrowser] = [
    await read(node.json, text, size, parts),
    await read(browser.json, text, size, parts),
  ];
  expect(inBrowser).to.deep.equal(documents);
  if (documents instanceof Error) throw documents;
  return documents;
}

const failure = async (text: string): Promise<string> => {
  const [failed, inBrowser] = [await read(node.json, text, 7), await read(browser.json, text, 7)];
  const messages = [failed, inBrowser].map((result) => (result instanceof Error ? result.message : "no error"));
  expect(messages[1]).to.equal(messages[0]);
  return messages[0];
};

describe("readJsonDocuments(chunks)", () => {
  it("reads bare NaN and Infinity as numbers, but not inside strings", async () => {
    expect(
      await documentsIn('{"a": NaN, "b": [-Infinity, Infinity], "c NaN": "NaN \\" Infinity \\\\", "d":NaN}'),
    ).to.deep.equal([{ a: NaN, b: [-Infinity, Infinity], "c NaN": 'NaN " Infinity \\', d: NaN }]);
  });

  it("reads bare NaN at any depth, in lists, in keys of any name and alone, and not as a key", async () => {
    const deep = 100_000;
    expect(await documentsIn('[NaN, [NaN, {"__proto__": NaN, "b": [[NaN]]}], {"a": 1}]')).to.deep.equal([
      NaN,
      [NaN, JSON.parse('{"__proto__": 0, "b": 0}', (key, value: unknown) => (key === "b" ? [[NaN]] : value || NaN))],
      { a: 1 },
    ]);
    for (const { json } of [node, browser]) {
      const [nested] = (await read(json, `{"a":${"[".repeat(deep)}NaN${"]".repeat(deep)}}`, 7)) as [{ a: unknown }];
      let inner: unknown = nested.a;
      for (let level = 0; level < deep; level++) inner = (inner as unknown[])[0];
      expect(inner).to.satisfy(Number.isNaN);
    }
    expect(await failure("{NaN: 1}")).to.match(/this is not JSON/);
  });

  it("reads a document, one a line, one after the other over many lines, and the entries of a list", async () => {
    const values = [{ a: [1, { b: "}]" }] }, [], {}, "x y", -1.5, null, true, [[2]]];
    expect(await documentsIn(JSON.stringify(values[0], null, 2))).to.deep.equal([values[0]]);
    expect(await documentsIn(JSON.stringify(values))).to.deep.equal(values);
    expect(await documentsIn(JSON.stringify(values, null, 2))).to.deep.equal(values);
    expect(await documentsIn('{"a":1}\r\n{"a":2}\n\n{"a":3}')).to.deep.equal([{ a: 1 }, { a: 2 }, { a: 3 }]);
    expect(await documentsIn('\ufeff{"a":1}{\n"a":2\n}\n"three" 4\n')).to.deep.equal([{ a: 1 }, { a: 2 }, "three", 4]);
    expect(await documentsIn("\ufeff[1]")).to.deep.equal([1]);
    expect(await documentsIn(" [ ]\n")).to.deep.equal([]);
  });

  it("reads numbers that a float cannot hold as texts, but not inside strings", async () => {
    const text =
      '{"a":1790000000000000001,"b":[-1790000000000000001,1790000000000000.125],"c":"\\"a\\":1790000000000000001,","d":0.1234567890123456789,' +
      '"e":1e1234567890123456789,"f":1234567890123456e2,"g":9007199254740991,"h":123456789012345}';
    expect(await documentsIn(text)).to.deep.equal([
      {
        a: "1790000000000000001",
        b: ["-1790000000000000001", "1790000000000000.125"],
        c: '"a":1790000000000000001,',
        d: 0.12345678901234568,
        e: Infinity,
        f: 123456789012345600,
        g: "9007199254740991",
        h: 123456789012345,
      },
    ]);
  });

  it("reads texts in any script, however few or many of their characters are not ASCII", async () => {
    const ascii = fc.constantFrom("a", '"', "\\", "\n");
    const other = fc.constantFrom("é", "–", "東", "🙂", "\ufeff");
    const text = fc.oneof(
      ...[50, 1].map((weight) =>
        fc.array(fc.oneof({ weight, arbitrary: ascii }, { weight: 1, arbitrary: other }), { maxLength: 200 }),
      ),
    );
    await fc.assert(
      fc.asyncProperty(
        fc.array(text, { minLength: 1, maxLength: 4 }),
        fc.integer({ min: 1, max: 99 }),
        async (texts, size) => {
          const values = texts.map((units) => ({ [`é${units.at(0) ?? ""}`]: units.join("") }));
          expect(await documentsIn(values.map((value) => JSON.stringify(value)).join("\n"), size)).to.deep.equal(
            values,
          );
          expect(await documentsIn(JSON.stringify(values), size)).to.deep.equal(values);
        },
      ),
      { numRuns: 500 },
    );
  });

  it("takes no escape for one that is none", async () => {
    const ascii = "a".repeat(100);
    expect(await failure(`{"a": "${ascii}\\é"}`)).to.match(/this is not JSON: .*Bad escaped character/);
    expect(await failure(`{"a": "${ascii}"} é`)).to.match(/this is not JSON: .*'é'/);
    expect(await documentsIn(`{"a": "${ascii}\\\\é"}`)).to.deep.equal([{ a: `${ascii}\\é` }]);
  });

  it("says where bytes are no UTF-8", async () => {
    const latin = Buffer.from('{"a": "é"}\n', "latin1");
    const read = readJsonDocuments(
      (async function* () {
        yield await Promise.resolve(latin);
      })(),
      "t.json",
      () => undefined,
      node.json,
    );
    expect(
      await read.then(
        () => "no error",
        (error: unknown) => (error as Error).message,
      ),
    ).to.match(/^t\.json: this is not text in UTF-8/);
  });

  it("says what is wrong: empty, cut off, or not JSON in which line", async () => {
    expect(await failure(" \n")).to.match(/^t\.json: the file is empty/);
    expect(await failure('[{"a": "x')).to.match(/breaks off before its end/);
    expect(await failure('[NaN, {"a": 1')).to.match(/breaks off before its end/);
    expect(await failure('{"a": 1}\n{"a": [')).to.match(/breaks off before its end/);
    expect(await failure("[1,\n2,\n!]")).to.match(
      /^t\.json: this is not JSON: Unexpected token '!'.*\(line 3\)\. Mend the file, or write it anew\.$/,
    );
    expect(await failure('[\n{"a": 1},\n{"b" 2}]')).to.match(/this is not JSON: .*\(line 3\)/);
    expect(await failure('{"a": 1}\n{"a":\n\n2 3}')).to.match(/this is not JSON: .*\(line 4\)/);
    for (const text of ["[1,]", "[,1]", "[1,,2]", "[1}", "{1]", '{"a":1},{"a":2}', "[1]]", "nul", "[1] x"])
      expect(await failure(text), text).to.match(/this is not JSON/);
  });

  it("says where a comma stands behind the last entry of a list, or of an object", async () => {
    for (const text of [
      '[{"a":1},\n{"a":2},\n]',
      '[{"a":1}\n, {"a":2},\n]',
      '{"a":[1,\n2,\n],"b":[]\n}',
      '{"b":", ]",\n"a":[{"c":"\\",]"},\n ]}',
      '[{},\n{"a":1,\n}]',
      '{"a":\n{"b":1,\n}}',
    ])
      expect(await failure(text), text).to.match(/a comma with nothing behind it .*\(line 3\)\. Take it out/);
    for (const text of ['{"a":]}', "[,1]", "[1}"]) expect(await failure(text), text).not.to.match(/comma with nothing/);
  });

  it("tells a list that breaks off behind an entry", async () => {
    const read = (text: string) => readJsonDocuments(chunksOf(text, 3), "t.json", () => undefined, node.json);
    expect(await read('[{"a":1},')).to.deep.equal({ isList: true, brokeOff: true });
    expect(await read('[{"a":1}')).to.deep.equal({ isList: true, brokeOff: true });
    expect(await read('[{"a":1}]')).to.deep.equal({ isList: true, brokeOff: false });
  });

  it("reads any documents, in chunks of any size", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.jsonValue(), { minLength: 1 }),
        fc.integer({ min: 1, max: 40 }),
        fc.constantFrom(undefined, 1),
        async (values, size, indent) => {
          // as it is read: long numbers as texts
          const expected = JSON.parse(JSON.stringify(values)) as unknown[];
          const lines = values.map((value) => JSON.stringify({ value }, null, indent)).join("\n");
          const read = await documentsIn(lines, size);
          expect(asNumbers(read)).to.deep.equal(asNumbers(expected.map((value) => ({ value }))));
          expect(asNumbers(await documentsIn(JSON.stringify(values, null, indent), size))).to.deep.equal(
            asNumbers(expected),
          );
        },
      ),
      { numRuns: 1000 },
    );
  });
});

describe("readJsonDocuments(chunks), a long document in parts", () => {
  const all = (from: number): Parts => ({ isApart: () => true, from });

  it("gives each entry of a list once, and what stands round the list with each part", async () => {
    const text = '{"a":{"b":"[1,"},"tags":["x","y"],"list":[{"n":[1,2]},{"n":[3]},{"n":[4,5]},{"n":[]}],"z":true}';
    expect(await documentsIn(text, 1, all(60))).to.deep.equal([
      { a: { b: "[1," }, tags: ["x", "y"], list: [{ n: [1, 2] }] },
      { a: { b: "[1," }, tags: [], list: [{ n: [3] }, { n: [4, 5] }, { n: [] }], z: true },
    ]);
  });

  it("cuts the outermost list that has a whole entry, one of which may itself be a list", async () => {
    const scope = (name: string, ...spans: number[]) => ({ scope: { name }, spans });
    const text = JSON.stringify({
      data: [{ scopes: [scope("a", 1, 2, 3, 4, 5, 6, 7, 8, 9), scope("b", 10), scope("c")] }],
    });
    expect(await documentsIn(text, 1, all(58))).to.deep.equal([
      { data: [{ scopes: [scope("a", 1, 2, 3)] }] },
      { data: [{ scopes: [scope("a", 4, 5, 6, 7, 8, 9)] }] },
      { data: [{ scopes: [scope("b", 10)] }] },
      { data: [{ scopes: [scope("c")] }] },
    ]);
    expect(await documentsIn("[[1,2,3,4,5,6],[7]]", 1, all(6))).to.deep.equal([[1, 2], [3, 4], [5, 6], [7]]);
  });

  it("takes apart only the lists that may be, and asks with the keys to them", async () => {
    const asked = new Set<string>();
    const isApart = (path: string) => asked.add(path).has(path) && path === "data.spans";
    const text =
      '{"tags":[1,2,3,4,5,6,7,8,9],"data":[{"spans":[1,2,3,4,5,6,7,8]}],"more":[1,2,3,4,5,6,7,8,9,10,11,12]}';
    const parts = (await documentsIn(text, 1, { isApart, from: 15 })) as {
      tags: number[];
      data: [{ spans: number[] }];
    }[];
    expect(parts.flatMap(({ data: [{ spans }] }) => spans)).to.deep.equal([1, 2, 3, 4, 5, 6, 7, 8]);
    expect(parts.flatMap(({ tags }) => tags)).to.deep.equal([1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect(parts.length).to.be.greaterThan(1);
    expect([...asked]).to.deep.equal(["tags", "data.spans", "more"]);
    expect(parts.at(-1)).to.have.property("more").with.length(12);
  });

  it("keeps long numbers and reads NaN and Infinity, before the list and in it", async () => {
    const text =
      '{"o":NaN,"id":1790000000000000001,"x":[1790000000000000009],"l":[1790000000000000002,NaN,-Infinity,1790000000000000003]}';
    expect(await documentsIn(text, 1, all(95))).to.deep.equal([
      { o: NaN, id: "1790000000000000001", x: ["1790000000000000009"], l: ["1790000000000000002", NaN] },
      { o: NaN, id: "1790000000000000001", x: [], l: [-Infinity, "1790000000000000003"] },
    ]);
  });

  it("counts documents, not parts", async () => {
    const numbers: number[] = [];
    await readJsonDocuments(
      chunksOf("[[1,2,3,4],[5]]", 1),
      "t.json",
      (_, number) => numbers.push(number),
      node.json,
      all(5),
    );
    expect(numbers).to.deep.equal([1, 1, 2]);
  });

  it("says the line of what is no JSON in a later part, and what breaks off", async () => {
    const long = (last: string) => documentsIn(`{"a":1,\n"list":[\n${"[1],\n".repeat(30)}${last}`, 7, all(40));
    const message = (last: string) => long(last).then(String, (error: unknown) => (error as Error).message);
    expect(await message("[2 2]]}")).to.match(/this is not JSON: .*\(line 33\)/);
    expect(await message("[2],")).to.match(/breaks off before its end/);
  });

  it("reads any documents, in parts and chunks of any size", async () => {
    let entries = 0;
    const { value } = fc.letrec<{ value: unknown }>((tie) => ({
      value: fc.oneof(
        { maxDepth: 6, withCrossShrink: true },
        fc.string(),
        fc.array(tie("value"), { maxLength: 5 }),
        fc.array(fc.constant("entry"), { maxLength: 20 }),
        fc.dictionary(fc.string(), tie("value"), { maxKeys: 4 }),
      ),
    }));
    /** The entries of all lists that are texts, each of which is of one list only. */
    const textsIn = (part: unknown): unknown[] =>
      Array.isArray(part)
        ? part.flatMap((entry) => (typeof entry === "string" ? [entry] : textsIn(entry)))
        : typeof part === "object" && part !== null
          ? Object.values(part).flatMap(textsIn)
          : [];
    await fc.assert(
      fc.asyncProperty(
        fc.array(value, { minLength: 1, maxLength: 3 }),
        fc.integer({ min: 1, max: 40 }),
        fc.integer({ min: 1, max: 200 }),
        fc.constantFrom(undefined, 1),
        async (values, size, from, indent) => {
          const text = JSON.stringify(values, null, indent).replace(/"entry"/g, () => `"entry ${entries++}"`);
          const parts = await documentsIn(text, size, all(from));
          expect(textsIn(parts).sort()).to.deep.equal(textsIn(JSON.parse(text)).sort());
        },
      ),
      { numRuns: 2000 },
    );
  });
});

/** Values with texts that look like long numbers as numbers. */
function asNumbers(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value), (_, part: unknown) =>
    typeof part === "string" && /^-?\d{13,}(\.\d+)?$/.test(part) ? Number(part) : part,
  );
}
