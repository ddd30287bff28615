/**
 * The control API of the mock: written by hand like a contract, generated like one, and none: it is no vendor's API, so the table of
 * contents, the list and the portal do not know it.
 */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { bundleContract, generatedFrom } from "./bundle.ts";
import { generateClient } from "./client.ts";
import type { Obj } from "./document.ts";
import type { Files } from "./emit.ts";
import { refuse } from "./lint.ts";
import type { Entry } from "./registry.ts";
import type { Sources } from "./sources.ts";
import { generateTypes } from "./types.ts";

/** Where it is written, and where it goes. */
export const CONTROL: Entry = {
  key: "latch-control@v1",
  api: "latch-control",
  version: "v1",
  root: "mock/control/openapi.yaml",
  overlay: false,
  line: 1,
  out: "generated/latch-control/v1",
};

/** The document as a module, so that the mock can give it away in a browser, too. */
export const documentModule = (document: Obj, header: string): string =>
  `${header}\n/** The document of the control API. */\nexport const document: unknown = ${JSON.stringify(document)};\n`;

/**
 * Bundle, module, types and client of the control API, as text.
 * @param root absolute path of a repository; one that has no control API gives nothing
 * @throws LatchError for what Redocly finds, and for what cannot be bundled
 */
export async function generateControl(root: string, sources: Sources): Promise<Files> {
  if (!existsSync(join(root, CONTROL.root))) return new Map();
  const { document, text } = await bundleContract(root, sources, CONTROL);
  refuse(await sources.lint(CONTROL));
  const header = generatedFrom(CONTROL, "//");
  return new Map([
    [`${CONTROL.out}/openapi.yaml`, text],
    [`${CONTROL.out}/document.ts`, documentModule(document, header)],
    [`${CONTROL.out}/types.ts`, await generateTypes(document, header)],
    [`${CONTROL.out}/client.ts`, generateClient(document, CONTROL, header)],
  ]);
}
