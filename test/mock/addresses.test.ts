import { expect, test } from "vitest";
import { createAddresses } from "../../mock/addresses.ts";
import { createCompiled } from "../../mock/compiled/backend.ts";
import { ContractMock } from "../../mock/contract-mock.ts";
import { loadValidators } from "../../scripts/validators.ts";
import { box } from "./harness.ts";

/** What is remembered comes back as the same object. */
test("five thousand addresses are remembered, and then none for a while where nobody comes back", () => {
  const mock = new ContractMock(box, {
    backend: ({ document }) => createCompiled(document, loadValidators(document)),
    state: () => undefined,
    requireHttps: false,
    faultRate: 0,

    spend: () => true,
    onRow: undefined,
  });
  const { place } = createAddresses(new Map([["box", [mock]]]), undefined);
  const at = (box: number): ReturnType<typeof place> => place(`/box/v1/p/boxes/b${box}`);
  const first = at(0);
  expect(first).toBeDefined();
  for (let other = 1; other < 5000; other++) at(other);
  expect(at(0)).toBe(first);
  at(5000);
  expect(at(0)).not.toBe(first);
  expect(at(0)).toBeDefined();
  expect(at(0)).not.toBe(at(0));
});
