/** What an editor strikes through: a client that speaks a version with an end, and it says which and until when. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import { expect, test } from "vitest";
import { choicesOf } from "../../scripts/client-versions.ts";
import { ROOT } from "../../scripts/root.ts";
import { contractNamed, contracts } from "../conformance/support/contracts.ts";
import { copyConsumer } from "./compile.ts";

const SOURCE = `
import * as v10 from "latch/samsung-virtualserver/v1.0";
import * as v12 from "latch/samsung-virtualserver/v1.2";
import * as v13 from "latch/samsung-virtualserver/v1.3";
import * as native from "latch/huawei-ecs-native/v2";
import * as ecb from "latch/oracle-ecb/v1.1";
v10.createClient();
v12.createClient();
v12.createClient({ version: "1.1" });
v12.createClient({ version: "1.2" });
v12.createClient({ version: "1.3" });
v13.createClient();
v13.createClient({ version: "1.1" });
v13.createClient({ version: "1.2", timeout: 5 });
v13.createClient({ version: "1.3" });
native.createClient();
ecb.createClient({ host: "ecb.example.com", version: "v1.1" });
`;

/** The newest version that the client of 1.3 speaks and that has no end: what is advised. */
function advised(): string {
  const versions = contracts.filter(({ api }) => api === "samsung-virtualserver");
  const endless = choicesOf(contractNamed("samsung-virtualserver@v1.3").document, versions).filter(({ end }) => end === undefined);
  return endless.at(-1)?.version ?? "";
}

/** Statement → what the editor says about it. */
function struck(): Record<string, string> {
  const file = join(copyConsumer(), "editor.ts");
  const options: ts.CompilerOptions = {
    target: ts.ScriptTarget.ES2023,
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    strict: true,
    exactOptionalPropertyTypes: true,
    allowImportingTsExtensions: true,
    noEmit: true,
    types: [],
    lib: ["lib.es2023.d.ts", "lib.dom.d.ts", "lib.dom.iterable.d.ts"],
    paths: { "latch/*": [join(ROOT, "generated/*/client.ts")] },
  };
  const read = (path: string): string | undefined => (path === file ? SOURCE : ts.sys.readFile(path));
  const service = ts.createLanguageService({
    getCompilationSettings: () => options,
    getScriptFileNames: () => [file],
    getScriptVersion: () => "1",
    getScriptSnapshot: (path) => {
      const text = read(path);
      return text === undefined ? undefined : ts.ScriptSnapshot.fromString(text);
    },
    getCurrentDirectory: () => ROOT,
    getDefaultLibFileName: ts.getDefaultLibFilePath,
    fileExists: (path) => path === file || ts.sys.fileExists(path),
    readFile: read,
  });
  expect(service.getSemanticDiagnostics(file).map(({ messageText }) => messageText)).toEqual([]);
  const found = service.getSuggestionDiagnostics(file).filter(({ reportsDeprecated }) => reportsDeprecated);
  return Object.fromEntries(
    found.map(({ start }) => {
      const line = SOURCE.slice(SOURCE.lastIndexOf("\n", start) + 1, SOURCE.indexOf("\n", start));
      const tags = service.getQuickInfoAtPosition(file, start)?.tags ?? [];
      return [line, ts.displayPartsToString(tags.find(({ name }) => name === "deprecated")?.text)];
    }),
  );
}

test("clients of versions with an end are struck through with their date, the others are not", () => {
  const end = (version: string, state: string, date: string): string =>
    `Version ${version} is ${state}, and promised until ${date} only: use`;
  expect(struck()).toEqual({
    "v10.createClient();": `${end("1.0", "DEPRECATED", "2025-12-31")} a newer one.`,
    "v12.createClient();": `${end("1.2", "SUPPORTED", "2026-08-31")} ${advised()}.`,
    'v12.createClient({ version: "1.1" });': `${end("1.1", "DEPRECATED", "2026-05-31")} ${advised()}.`,
    'v12.createClient({ version: "1.2" });': `${end("1.2", "SUPPORTED", "2026-08-31")} ${advised()}.`,
    'v13.createClient({ version: "1.1" });': `${end("1.1", "DEPRECATED", "2026-05-31")} ${advised()}.`,
    'v13.createClient({ version: "1.2", timeout: 5 });': `${end("1.2", "SUPPORTED", "2026-08-31")} ${advised()}.`,
  });
});

test("so is every function of a version that its vendor calls deprecated", () => {
  const text = readFileSync(join(ROOT, "generated/samsung-virtualserver/v1.0/client.ts"), "utf8");
  expect(text.match(/@deprecated The vendor promises this version until 2025-12-31 only/g)).toHaveLength(8);
});
