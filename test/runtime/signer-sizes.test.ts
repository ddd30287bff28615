/** What each way to prove who asks adds to a page that imports it by name: bundled alone, minified, compressed. */
import { expect, test } from "vitest";
import { ROOT } from "../../scripts/root.ts";
import { sizeOf } from "../../scripts/sizes.ts";

test.each<[what: string, most: number, code: string, without?: string[]]>([
  ["Samsung's signature", 1500, `export { scpCredentials } from "./runtime/scp.ts"`],
  ["Huawei's signature", 1500, `export { akSk } from "./runtime/ak-sk.ts"`],
  ["Huawei's token", 1500, `export { iamToken } from "./runtime/iam-token.ts"`],
  ["Oracle's token, without the reader of XML", 1500, `export { ecbToken } from "./runtime/ecb.ts"`, ["xml.ts"]],
  ["the reader of XML", 1500, `export { readXml, textAt, findXml } from "./runtime/xml.ts"`],
  ["the reader of faults, with that of XML", 3000, `export { readFault } from "./runtime/fault.ts"`],
])("%s has at most %i bytes", async (what, most, code, without) => {
  const { gzip } = await sizeOf(ROOT, { name: what, code, ...(without && { without }) });
  console.log(`${what}: ${gzip} bytes`);
  expect(gzip).toBeGreaterThan(300);
  expect(gzip).toBeLessThanOrEqual(most);
});
