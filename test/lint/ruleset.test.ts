/** `.spectral.yaml` and the rule folders: what is listed is there, what is there is listed, and every rule is built alike. */
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { DEFAULT_STATUS } from "../../mock/refusal.ts";
import { callsOf } from "../../scripts/calls.ts";
import { arrayAt, isObject, objectAt, type Obj } from "../../scripts/document.ts";
import { readRegistry } from "../../scripts/registry.ts";
import { ROOT } from "../../scripts/root.ts";
import { calls } from "../../lint/_shared/calls.js";
import { LINT, RULES, declaredIn, houseRules, readYaml } from "./folders.ts";

test(".spectral.yaml names each folder, once, and nothing else", () => {
  const named = arrayAt(houseRules(), "extends");
  expect([...named].sort()).toEqual(RULES.map((rule) => `./lint/${rule}/rule.yaml`));
});

test("an override carries its reason", () => {
  const lines = readFileSync(join(ROOT, ".spectral.yaml"), "utf8").split("\n");
  const overrides = objectAt(houseRules(), "rules");
  for (const id of Object.keys(overrides)) {
    const at = lines.findIndex((line) => line.startsWith(`  ${id}:`));
    const above = lines.slice(0, at + 1).reverse();
    const reasons = above.find((line) => line.includes("#") || line === "rules:");
    expect(reasons, `Why is ${id} overridden?`).toContain("#");
  }
});

describe.each(RULES)("%s", (rule) => {
  test("is the one rule of its folder, built like the others", () => {
    const declared = declaredIn(rule);
    expect(Object.keys(declared)).toEqual([rule]);
    const { description, then, ...rest } = objectAt(declared, rule);
    expect(description).toMatch(/^[A-Z$`"][^\n]{20,}\.$/);
    expect(rest).toEqual({ message: "{{error}}", severity: "error", given: "$", resolved: false });
    expect(objectAt({ then }, "then")["function"]).toBe("check");
  });

  test("has a page (pass.yaml, fail.yaml), and no file that nobody reads", () => {
    const files = readdirSync(join(LINT, rule)).sort();
    const strangers = files.filter((name) => !/^(check\.js|rule\.yaml|(pass|fail)(-[a-z0-9-]+)?\.yaml)$/.test(name));
    expect(strangers).toEqual([]);
    expect(files).toEqual(expect.arrayContaining(["check.js", "fail.yaml", "pass.yaml", "rule.yaml"]));
  });
});

test("faults-documented knows the faults of the mock", () => {
  const then = objectAt(objectAt(declaredIn("faults-documented"), "faults-documented"), "then");
  expect(arrayAt(then["functionOptions"], "known").sort()).toEqual(Object.keys(DEFAULT_STATUS).sort());
});

describe.each(readRegistry(ROOT))("$key", ({ out }) => {
  test("has the same calls for the house rules as for the scripts", () => {
    const bundle: unknown = readYaml(join(ROOT, out, "openapi.yaml"));
    const document: Obj = isObject(bundle) ? bundle : {};
    const ids = calls(document).map(({ id }) => id);
    expect(ids.sort()).toEqual(
      callsOf(document)
        .map(({ id }) => id)
        .sort(),
    );
  });
});
