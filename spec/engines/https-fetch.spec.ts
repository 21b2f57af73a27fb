import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { httpsFetch } from "../../lib/engines/https-fetch.js";
import { trinoClient } from "../../lib/engines/trino-client.js";
import { answer, column, fakeTrino } from "../support/fake-trino.js";

const hasOpenssl = (() => {
  try {
    execFileSync("openssl", ["version"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
})();

describe(`httpsFetch(ca)${hasOpenssl ? "" : ": needs openssl, which makes an authority for it"}`, () => {
  let folder: string;
  const at = (name: string) => join(folder, name);
  /** An authority of our own, and a server's certificate that it signed, both for a day. */
  before(function () {
    if (!hasOpenssl) {
      if (process.env.SPIKELINE_REQUIRE_ALL !== undefined) throw new Error("openssl is needed");
      this.skip();
    }
    folder = mkdtempSync(join(tmpdir(), "spikeline-tls-"));
    const openssl = (...args: string[]) => execFileSync("openssl", args, { cwd: folder, stdio: "ignore" });
    const key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"];
    for (const name of ["ca", "other"])
      openssl(
        "req",
        "-x509",
        ...key,
        "-keyout",
        `${name}.key`,
        "-out",
        `${name}.pem`,
        "-subj",
        `/CN=${name}`,
        "-days",
        "1",
      );
    openssl("req", ...key, "-keyout", "server.key", "-out", "server.csr", "-subj", "/CN=127.0.0.1");
    writeFileSync(at("server.ext"), "subjectAltName=IP:127.0.0.1\n");
    const signed = ["-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial", "-days", "1", "-extfile", "server.ext"];
    openssl("x509", "-req", "-in", "server.csr", "-out", "server.pem", ...signed);
  });
  after(() => {
    if (hasOpenssl) rmSync(folder, { recursive: true });
  });

  const secured = () => ({ key: readFileSync(at("server.key"), "utf8"), cert: readFileSync(at("server.pem"), "utf8") });
  const asking = async (ca?: string, signal?: AbortSignal) => {
    const server = await fakeTrino(
      (url) => [
        answer({ nextUri: `${url}/v1/statement/q1/1`, columns: [column("n", "bigint")], data: [[1]] }),
        signal ? "silent" : answer({ data: [[2]] }),
      ],
      secured(),
    );
    const client = trinoClient({ server: server.url, credentials: { user: "ada" }, ...(ca !== undefined && { ca }) });
    const said = await client.query("select n", signal && { signal }).then(({ rows }) => rows, String);
    return { said, server };
  };

  it("trusts what the authority signed, given as a text or as a file", async () => {
    expect((await asking(readFileSync(at("ca.pem"), "utf8"))).said).to.deep.equal([[1], [2]]);
    expect((await asking(at("ca.pem"))).said).to.deep.equal([[1], [2]]);
  });

  it("trusts nothing else, and says how to", async () => {
    for (const ca of [undefined, at("other.pem")]) {
      const { said, server } = await asking(ca);
      expect(said).to.match(
        /has a certificate that is not trusted \([A-Z_]+\)\. Give the authority that signed it as `ca`/,
      );
      expect(server.asked).to.deep.equal([]);
    }
  });

  it("is stopped by a signal, and the query with it", async () => {
    const { said, server } = await asking(at("ca.pem"), AbortSignal.timeout(300));
    expect(said).to.include("the time that was given ran out");
    expect(server.paths().at(-1)).to.equal("DELETE /v1/statement/q1/1");
  });

  it("refuses what is no certificate", () => {
    expect(() => httpsFetch(at("ca.key"))).to.throw(/^`ca` must be certificates in PEM/);
    expect(() => httpsFetch(at("none.pem"))).to.throw(/none\.pem: no such file/);
    expect(() => trinoClient({ server: "http://127.0.0.1:1", ca: at("ca.pem") })).to.throw(/^`ca` is for https:/);
  });
});
