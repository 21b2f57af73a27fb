import { chmodSync } from "node:fs";
import { userInfo } from "node:os";
import { expect } from "chai";
import { trinoCredentials } from "../../lib/engines/trino-credentials.js";
import { temporaryFolder } from "../support/folder.js";

const folder = temporaryFolder();
const put = (content: string, mode = 0o600): string => {
  const path = folder.put("credentials.json", content);
  chmodSync(path, mode);
  return path;
};
const failure = (file: string | undefined, env = {}): Promise<string> =>
  trinoCredentials(file, env).then(String, String);

describe("trinoCredentials(file, env)", () => {
  it("is the user of the operating system where nothing is said", async () => {
    expect(await trinoCredentials(undefined, {})).to.deep.equal({ user: userInfo().username });
  });

  it("takes user, password and token from the environment", async () => {
    const env = { SPIKELINE_TRINO_USER: "ada", SPIKELINE_TRINO_PASSWORD: "s3cret" };
    expect(await trinoCredentials(undefined, env)).to.deep.equal({ user: "ada", password: "s3cret" });
    expect(await trinoCredentials(undefined, { SPIKELINE_TRINO_TOKEN: "t" })).to.deep.equal({ token: "t" });
  });

  it("takes a file instead, which nobody else can read", async () => {
    const env = { SPIKELINE_TRINO_PASSWORD: "other" };
    expect(await trinoCredentials(put('{"user": "ada", "password": "s3cret"}'), env)).to.deep.equal({
      user: "ada",
      password: "s3cret",
    });
    expect(await trinoCredentials(put('{"token": "t"}'), env)).to.deep.equal({ token: "t" });
  });

  it("refuses a file that others can read or write, and says how to close it", async () => {
    for (const mode of [0o640, 0o604, 0o620, 0o644]) {
      const path = put('{"token": "t"}', mode);
      expect(await failure(path)).to.equal(
        `InputError: ${path}: others can read these credentials (mode ${mode.toString(8)}). Run \`chmod 600 ${path}\`.`,
      );
    }
  });

  it("refuses a file that says something else, and shows nothing of it", async () => {
    for (const content of [
      "s3cret",
      '{"user": "ada"}',
      '{"password": 1}',
      '{"token": "s3cret", "x": "y"}',
      "null",
      "[]",
    ])
      expect(await failure(put(content)), content)
        .to.include('this must be JSON such as {"user": "…", "password": "…"}')
        .and.to.not.include("s3cret");
    expect(await failure("no-such-file.json")).to.equal("InputError: no-such-file.json: no such file. Check the path.");
  });

  it("refuses a password and a token together", async () => {
    expect(await failure(put('{"password": "a", "token": "b"}'))).to.include("a password or a token, not both");
    expect(await failure(undefined, { SPIKELINE_TRINO_PASSWORD: "a", SPIKELINE_TRINO_TOKEN: "b" })).to.include(
      "SPIKELINE_TRINO_PASSWORD and SPIKELINE_TRINO_TOKEN",
    );
  });
});
