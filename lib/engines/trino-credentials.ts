import { open } from "node:fs/promises";
import { userInfo } from "node:os";
import { InputError, OptionError } from "../errors.js";
import { unreadable } from "../files/bytes.js";

/** Who asks. A password and a token exclude each other. */
export interface Credentials {
  readonly user?: string;
  readonly password?: string;
  /** a bearer token, such as a JWT */
  readonly token?: string;
}

/** The bits of a file's mode that let others than its owner read or write it. */
const OTHERS = 0o077;
const ALLOWED = ["user", "password", "token"];

/**
 * Who asks, from a file or from the environment, never from an argument, which others on the machine could see. A file is JSON: `{"user", "password"}` or
 * `{"token"}`; nobody but its owner may read it. Without one, the environment counts: `SPIKELINE_TRINO_USER`, and `SPIKELINE_TRINO_PASSWORD` or
 * `SPIKELINE_TRINO_TOKEN`. The user is the one of the operating system where none is named and no token says who it is.
 *
 * @param file where a file is
 * @param env the environment
 * @throws InputError if the file cannot be read, is open to others or says something else; OptionError if there are both a password and a token
 * @example
 * const env = { SPIKELINE_TRINO_USER: "ada", SPIKELINE_TRINO_TOKEN: "…" };
 * (await trinoCredentials(undefined, env)).user; // "ada"
 */
export async function trinoCredentials(
  file?: string,
  env: Readonly<Record<string, string | undefined>> = process.env,
): Promise<Credentials> {
  const told = file === undefined ? fromEnvironment(env) : await fromFile(file);
  if (told.password !== undefined && told.token !== undefined) {
    const where = file ?? "SPIKELINE_TRINO_PASSWORD and SPIKELINE_TRINO_TOKEN";
    throw new OptionError("credentials", `must be a password or a token, not both (${where}). Take one out.`);
  }
  const user = told.user ?? env.SPIKELINE_TRINO_USER ?? (told.token === undefined ? userInfo().username : undefined);
  return { ...told, ...(user !== undefined && { user }) };
}

function fromEnvironment(env: Readonly<Record<string, string | undefined>>): Credentials {
  const { SPIKELINE_TRINO_PASSWORD: password, SPIKELINE_TRINO_TOKEN: token } = env;
  return { ...(password !== undefined && { password }), ...(token !== undefined && { token }) };
}

async function fromFile(path: string): Promise<Credentials> {
  const text = await privateText(path);
  let told: unknown;
  try {
    told = JSON.parse(text);
  } catch {
    told = undefined; // what the parser says could show a part of the password
  }
  const isTold =
    typeof told === "object" &&
    told !== null &&
    ("password" in told || "token" in told) &&
    Object.entries(told).every(([name, value]) => ALLOWED.includes(name) && typeof value === "string" && value !== "");
  if (!isTold)
    throw new InputError(
      'this must be JSON such as {"user": "…", "password": "…"} or {"token": "…"}, and nothing else.',
      {
        file: path,
      },
    );
  return told as Credentials;
}

/** The text of a file that nobody but its owner may read. The mode is that of the file that is then read. */
async function privateText(path: string): Promise<string> {
  try {
    const file = await open(path);
    try {
      const { mode } = await file.stat();
      // Windows has no such bits
      if (process.platform !== "win32" && (mode & OTHERS) !== 0) {
        const bits = (mode & 0o777).toString(8);
        throw new InputError(`others can read these credentials (mode ${bits}). Run \`chmod 600 ${path}\`.`, {
          file: path,
        });
      }
      return await file.readFile("utf8");
    } finally {
      await file.close();
    }
  } catch (error) {
    throw error instanceof InputError ? error : unreadable(path, error);
  }
}
