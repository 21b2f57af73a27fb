import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import ts from "typescript";

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));
/** Node's peers as plain JavaScript, a sibling of `peers/` so that imports hold. */
const BUILT = here(".built/");

export const PYTHON = here(".venv/bin/python");

export const works = ["distribution", "tables", "csv"] as const;
/** Works of reading a file alone, with so many calls: 220, 100 and 130 MB. */
export const fileWorks = { otlp: 1e5, nat_json: 2.6e4, parquet: 5e6 } as const;
export type FileWork = keyof typeof fileWorks;
export const isFileWork = (work: string): work is FileWork => Object.hasOwn(fileWorks, work);
export type WorkName = (typeof works)[number] | FileWork;

export interface Peer {
  readonly name: string;
  readonly command: readonly [program: string, script: string];
  readonly works: readonly WorkName[];
  /** the most calls that it is asked to do, and why not more */
  readonly most?: readonly [size: number, why: string];
}

const node = (name: string): Peer["command"] => [process.execPath, `${BUILT}${name}.js`];
const python = (name: string): Peer["command"] => [PYTHON, here(`peers/${name}_peer.py`)];

export const peers: readonly Peer[] = [
  { name: "spikeline", command: node("spikeline"), works: [...works, "otlp", "nat_json", "parquet"] },
  { name: "numpy", command: python("numpy"), works: ["distribution", "tables"] },
  { name: "polars", command: python("polars"), works },
  { name: "pandas", command: python("pandas"), works },
  { name: "duckdb", command: python("duckdb"), works },
  { name: "JSON.parse", command: node("json-parse"), works: ["otlp", "nat_json"] },
  { name: "hyparquet", command: node("hyparquet"), works: ["parquet"] },
  {
    name: "arquero",
    command: node("arquero"),
    works: ["distribution", "tables"],
    most: [1e6, "needs 1.8 GB for 1e6 calls"],
  },
];

export const isPython = ({ command }: Peer): boolean => command[0] === PYTHON;

/** Makes plain JavaScript of Node's peers: in their processes tsx would take 35 MB and a thread that no user of a peer has. */
export function buildPeers(): void {
  mkdirSync(BUILT, { recursive: true });
  const compilerOptions = { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2022 };
  for (const file of readdirSync(here("peers/")).filter((name) => name.endsWith(".ts"))) {
    const { outputText } = ts.transpileModule(readFileSync(here(`peers/${file}`), "utf8"), { compilerOptions });
    writeFileSync(`${BUILT}${file.replace(".ts", ".js")}`, outputText);
  }
}

/** The script of a measurement that only spikeline has. */
export const ownScript = (name: string): string => `${BUILT}${name}.js`;
