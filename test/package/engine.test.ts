/** What `latch mock` asks for is what mock/ imports: the sentence must not lag behind the code. */
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { ENGINE } from "../../scripts/commands/mock.ts";
import { ROOT } from "../../scripts/root.ts";

/** `@stoplight/prism-http/x` → `@stoplight/prism-http` */
const packageOf = (target: string): string => target.split("/", target.startsWith("@") ? 2 : 1).join("/");

test("ENGINE names every package that mock/ imports and the package does not bring, each pinned", () => {
  const { dependencies, devDependencies } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8"));
  const imported = readdirSync(join(ROOT, "mock"), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts"))
    .flatMap((name) => [...readFileSync(join(ROOT, "mock", name), "utf8").matchAll(/(?:from|import\()\s*"([^".][^"]*)"/g)])
    .map(([, target = ""]) => packageOf(target))
    .filter((name) => !name.startsWith("node:") && !(name in dependencies));
  expect(ENGINE).toEqual([...new Set(imported)].toSorted());
  for (const name of ENGINE) expect(devDependencies[name], name).toMatch(/^\d+\.\d+\.\d+$/);
});
