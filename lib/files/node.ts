import { Buffer } from "node:buffer";
import { fileURLToPath } from "node:url";
import { InputError } from "../errors.js";
import { openRanges, readBytes } from "./bytes.js";
import { findFiles } from "./find.js";
import { gunzip } from "./gunzip.js";
import type { Platform } from "./platform.js";
import { quickJson } from "./quick-json.js";
import type { Source } from "./source.js";

/** Node and Deno. */
export const node: Platform = {
  files,
  gunzip,
  // only a Buffer is searched by the C library
  json: { alloc: (length) => Buffer.alloc(length), parse: quickJson },
};

async function files(path: string | URL): Promise<Source[]> {
  if (path instanceof URL && path.protocol !== "file:")
    throw new InputError("only http:, https: and file: can be read. Download it and give the path.", {
      file: path.href,
    });
  const found = await findFiles([typeof path === "string" ? path : fileURLToPath(path)]);
  return found.map(({ path, isNamed }) => ({
    name: path === "-" ? "standard input" : path,
    isNamed,
    bytes: (progress) => readBytes(path, progress),
    ...(path !== "-" && { ranges: (progress) => openRanges(path, progress) }),
  }));
}
