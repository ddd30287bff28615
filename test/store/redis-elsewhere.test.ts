/** What only a process of its own can show: another set of packages, another set of trusted certificates. */
import { execFile, execFileSync, spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createRedisStore } from "../../mock/store/redis.ts";
import { ROOT } from "../../scripts/root.ts";
import { MISSING, startRedis, type RedisServer } from "./redis-server.ts";

const folder = mkdtempSync(join(tmpdir(), "latch-store-"));
afterAll(() => rmSync(folder, { recursive: true }));

/** Opens the store of that folder at an address, writes, reads, and prints what came of it. */
const SCRIPT = `
  import { createRedisStore } from "./mock/store/redis.ts";
  import { formatError } from "./scripts/errors.ts";
  try {
    const store = await createRedisStore(process.argv[1]);
    await store.swap("w", "k", undefined, { n: 1 });
    console.log(JSON.stringify(await store.entries("w")));
    await store.close();
  } catch (error) {
    console.log(formatError(error));
  }`;

async function open(url: string, cwd: string, env: NodeJS.ProcessEnv = {}): Promise<string> {
  const args = ["--input-type=module", "--eval", SCRIPT, url];
  const { stdout } = await promisify(execFile)(process.execPath, args, { cwd, env: { ...process.env, ...env } });
  return stdout.trim();
}

test("without the package redis: what to install", async () => {
  for (const path of ["mock/store", "scripts/errors.ts"]) cpSync(join(ROOT, path), join(folder, path), { recursive: true });
  writeFileSync(join(folder, "package.json"), '{ "type": "module" }');
  expect(await open("redis://127.0.0.1:1", folder)).toBe(
    "A store in Redis needs the package redis, which is not installed: run npm install redis@6.3.1.",
  );
});

const NO_TLS = MISSING ?? (spawnSync("openssl", ["version"]).error && "there is no openssl to make a certificate with");
if (NO_TLS && !MISSING) console.log(`The store over TLS is not tested: ${NO_TLS}.`);

describe.skipIf(NO_TLS)("rediss://", () => {
  const [cert, key] = [join(folder, "tls/cert.pem"), join(folder, "tls/key.pem")];
  let server: RedisServer;
  beforeAll(async () => {
    mkdirSync(join(folder, "tls"));
    const subject = ["-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1", "-days", "2", "-nodes"];
    const curve = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1"];
    execFileSync("openssl", ["req", "-x509", ...curve, ...subject, "-keyout", key, "-out", cert], { stdio: "ignore" });
    server = await startRedis({ tls: { cert, key } });
  });
  afterAll(() => server.stop());

  test("works where the certificate is trusted", async () => {
    expect(server.url).toMatch(/^rediss:/);
    expect(await open(server.url, ROOT, { NODE_EXTRA_CA_CERTS: cert })).toBe('{"k":{"n":1}}');
  });

  test("is refused where it is not, and so is plain text", async () => {
    await expect(createRedisStore(server.url)).rejects.toThrow(`The Redis at ${server.url} cannot be used (DEPTH_ZERO_SELF_SIGNED_CERT)`);
    await expect(createRedisStore(server.url.replace("rediss", "redis"), { limit: 2_000 })).rejects.toThrow("cannot be used (");
  });
});
