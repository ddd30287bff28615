/** What mock/ imports is either a dependency of the package or an optional peer, and the sentence of `--engine prism` does not lag behind. */
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { PRISM } from "../../scripts/commands/mock.ts";
import { ROOT } from "../../scripts/root.ts";

/** `@stoplight/prism-http/x` → `@stoplight/prism-http` */
const packageOf = (target: string): string => target.split("/", target.startsWith("@") ? 2 : 1).join("/");

const { dependencies, devDependencies, peerDependencies, peerDependenciesMeta } = JSON.parse(
  readFileSync(join(ROOT, "package.json"), "utf8"),
);
const importsOf = (file: string): string[] =>
  [...readFileSync(join(ROOT, "mock", file), "utf8").matchAll(/^(?!\s*(?:\*|\/\/)).*(?:from|import\()\s*"([@a-z][\w./@-]*)"/gm)].map(
    ([, target = ""]) => packageOf(target),
  );
const files = readdirSync(join(ROOT, "mock"), { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".ts"));
const imported = [...new Set(files.flatMap(importsOf))].filter((name) => !name.startsWith("node:") && name !== "latch").toSorted();

test("every package that mock/ imports is a dependency or an optional peer, pinned for us", () => {
  expect(imported.length).toBeGreaterThan(3);
  const peers = imported.filter((name) => !(name in dependencies));
  expect(peers).toEqual(Object.keys(peerDependencies).toSorted());
  for (const name of peers) {
    expect(peerDependenciesMeta[name], name).toEqual({ optional: true });
    expect(devDependencies[name], name).toMatch(/^\d+\.\d+\.\d+$/);
  }
});

test("--engine prism names what mock/prism.ts imports", () => {
  expect(PRISM).toEqual([...new Set(importsOf("prism.ts"))].toSorted());
});
