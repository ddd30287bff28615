/** The real tables: they compile for every contract, and whatever is asked, they do nothing that the contract does not document. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { equal } from "../../mock/state/conditions.ts";
import type { Behaviour } from "../../mock/state/types.ts";
import { compileBehaviour } from "../../scripts/behaviour.ts";
import { objectAt } from "../../scripts/document.ts";
import { ROOT } from "../../scripts/root.ts";
import { contracts, type Subject } from "../conformance/support/contracts.ts";
import { schemasOf } from "../conformance/support/schemas.ts";
import { freeze } from "./support.ts";
import { anyWalk, walk, type Seen } from "./walk.ts";

const compileOne = (contract: Subject): Behaviour | undefined =>
  compileBehaviour(
    ROOT,
    contract,
    contract.document,
    contracts.filter(({ api }) => api === contract.api),
  );

const tables = contracts.flatMap((contract) => {
  const behaviour = compileOne(contract);
  return behaviour ? [{ key: contract.key, contract, behaviour: freeze(behaviour) }] : [];
});

test("every contract of a vendor has a table", () => {
  const without = contracts.filter(({ key }) => !tables.some((table) => table.key === key)).map(({ api }) => api);
  expect(tables.length).toBeGreaterThanOrEqual(10);
  expect(without.filter((api) => !api.startsWith("latch-"))).toEqual([]);
});

test("without its siblings, a contract takes the ones that were generated last", () => {
  const table = tables.find(({ key }) => key === "huawei-ecs@v2");
  if (!table) throw new Error("There is no huawei-ecs@v2.");
  expect(compileBehaviour(ROOT, table.contract, table.contract.document)).toEqual(table.behaviour);
});

test("tables that share a space agree on its fields, and on what a key is", () => {
  const facts = tables.map(({ behaviour: { api, resource } }) => ({
    space: resource?.space ?? api,
    ...{ fields: resource?.fields, format: resource?.format, derived: resource?.derived },
  }));
  for (const one of facts) expect(facts.find(({ space }) => space === one.space)).toEqual(one);
  expect(new Set(facts.map(({ space }) => space)).size).toBeLessThan(facts.length);
});

/** What is wrong with an answer, in the words of its schema. */
function faultsOf({ document }: Subject, { outcome, call, shown }: Seen): string[] {
  const { status } = outcome.row.answer;
  const { mediaType, response } = call.answers[status] ?? {};
  if (mediaType === undefined) return shown.body === "" ? [] : ["a body where there is none"];
  const value: unknown = mediaType.endsWith("json") ? JSON.parse(shown.body) : shown.body;
  const media = objectAt(objectAt(response, "content"), mediaType);
  return schemasOf(document)
    .checkBody(mediaType, media, value)
    .map((fault) => `${outcome.row.id} ${status}: ${fault}`);
}

describe.each(tables)("$key", ({ contract, behaviour }) => {
  test("is plain JSON", () => {
    expect(JSON.parse(JSON.stringify(behaviour))).toEqual(behaviour);
  });

  test("whatever is asked, every answer fits its schema, and fields hold what they can", () => {
    fc.assert(
      fc.property(anyWalk(contract, behaviour), (drawn) => {
        for (const seen of walk(contract, behaviour, drawn)) {
          expect(faultsOf(contract, seen)).toEqual([]);
          for (const [name, { values }] of Object.entries(behaviour.resource?.fields ?? {})) {
            if (values)
              expect(
                values.some((value) => equal(value, seen.fields[name] ?? null)),
                `${name} in ${seen.outcome.row.id}`,
              ).toBe(true);
          }
          if (seen.outcome.next) expect(JSON.parse(JSON.stringify(seen.outcome.next))).toEqual(seen.outcome.next);
        }
      }),
      { numRuns: 100 },
    );
  });
});
