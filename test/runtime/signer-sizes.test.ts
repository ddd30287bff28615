/** What each way to prove who asks adds to a page: bundled alone, minified, compressed. */
import { rolldown } from "rolldown";
import { gzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { ROOT } from "../../scripts/root.ts";

async function gzipped(code: string, external: RegExp[] = []): Promise<number> {
  const id = `${ROOT}/entry.ts`;
  const entry = {
    name: "entry",
    resolveId: (wanted: string) => (wanted === id ? id : null),
    load: (wanted: string) => (wanted === id ? code : null),
  };
  const built = await rolldown({ input: id, cwd: ROOT, platform: "browser", external, plugins: [entry] });
  const { output } = await built.generate({ format: "esm", minify: true, codeSplitting: false, comments: false });
  await built.close();
  return gzipSync(output[0].code, { level: 9 }).length;
}

const XML = [/xml\.ts$/];
test.each<[what: string, most: number, code: string, external?: RegExp[]]>([
  ["Samsung's signature", 1500, `export { scpCredentials } from "./runtime/scp.ts"`],
  ["Huawei's signature", 1500, `export { akSk } from "./runtime/ak-sk.ts"`],
  ["Huawei's token", 1500, `export { iamToken } from "./runtime/iam-token.ts"`],
  ["Oracle's token, without the reader of XML", 1500, `export { ecbToken } from "./runtime/ecb.ts"`, XML],
  ["the reader of XML", 1500, `export { readXml, textAt, findXml } from "./runtime/xml.ts"`],
  ["the reader of faults, with that of XML", 3000, `export { readFault } from "./runtime/fault.ts"`],
])("%s has at most %i bytes", async (what, most, code, external) => {
  const bytes = await gzipped(code, external);
  console.log(`${what}: ${bytes} bytes`);
  expect(bytes).toBeGreaterThan(300);
  expect(bytes).toBeLessThanOrEqual(most);
});
