/** Which room may import which: data flows one way (docs/decisions/0001-bundle-is-the-waist.md). */
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { ROOT } from "../../scripts/root.ts";

const rooms = ["bench", "generated", "lint", "mock", "runtime", "scripts", "test"];
const files = rooms.flatMap((room) =>
  readdirSync(join(ROOT, room), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(ts|js)$/.test(entry.name) && !entry.parentPath.includes("node_modules"))
    .map((entry) => join(entry.parentPath, entry.name).slice(ROOT.length + 1)),
);
/** What each file imports: a package name, or the room of a relative path. */
const imports = files.flatMap((file) =>
  [...readFileSync(join(ROOT, file), "utf8").matchAll(/(?:from|import)\s*\(?\s*"([^"]+)"/g)].map(([, target = ""]) => {
    const path = target.startsWith(".") ? join(file, "..", target) : target;
    return { file, target: path, room: file.split("/")[0], to: path.split("/")[0] };
  }),
);
const importers = (name: string): string[] =>
  imports.filter(({ target }) => target === name || target.startsWith(`${name}/`)).map(({ file }) => file);
const ours = (file: string): boolean => !file.startsWith("test/") && !file.startsWith("bench/");

test("nothing imports test/, runtime/ stands alone, generated/ knows only runtime/", () => {
  expect(imports.length).toBeGreaterThan(100);
  expect(imports.filter(({ room, to }) => to === "test" && room !== "test")).toEqual([]);
  expect(imports.filter(({ room, to }) => room === "runtime" && rooms.includes(to ?? "") && to !== "runtime")).toEqual([]);
  expect(
    imports.filter(({ room, to }) => room === "generated" && rooms.includes(to ?? "") && to !== "runtime" && to !== "generated"),
  ).toEqual([]);
  expect(imports.filter(({ room, to }) => room === "scripts" && to === "generated")).toEqual([]);
});

test("code that ships to a browser imports nothing from Node", () => {
  expect(imports.filter(({ room, to }) => (room === "runtime" || room === "generated") && to?.startsWith("node:"))).toEqual([]);
});

test.each([
  ["openapi-typescript", ["scripts/types.ts"]],
  ["openapi-fetch", ["runtime/client.ts", "runtime/raw.ts"]],
  ["@redocly/openapi-core", ["scripts/redocly-config.ts", "scripts/redocly.ts", "scripts/sources.ts"]],
  ["redis", ["mock/store/redis.ts"]],
  ["rou3", ["mock/router.ts"]],
])("%s stands behind %s", (name, expected) => {
  expect([...new Set(importers(name))].filter(ours)).toEqual(expected);
});

test("only emit writes results; fresh remembers the run", () => {
  const writers = files.filter(
    (file) => ours(file) && /\b(writeFile|writeFileSync|rename|renameSync)\(/.test(readFileSync(join(ROOT, file), "utf8")),
  );
  expect(writers).toEqual(["scripts/emit.ts", "scripts/fresh.ts"]);
});
