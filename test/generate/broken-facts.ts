/** Files that are well written and say something that cannot be. */
import { NATIVE, ORACLE, SAMSUNG, at, type Case } from "./case.ts";

export const BROKEN_FACTS: Case[] = [
  {
    name: "a call id twice, on two operations",
    api: "oracle-ecb",
    breaks: at(`${ORACLE}/paths/configuration.unlock.yaml`, "operationId: unlockConfiguration", "operationId: lockConfiguration"),
    says: /lockConfiguration|unique/,
  },
  {
    name: "a call id twice, on an action and an operation",
    api: "huawei-ecs-native",
    breaks: at(`${NATIVE}/actions/unlock.yaml`, "id: unlockServer", "id: showServer"),
    says: /showServer/,
  },
  {
    name: "a request example that does not fit",
    api: "samsung-virtualserver",
    breaks: at(`${SAMSUNG}/examples/soft.yaml`, "SOFT", "LUKEWARM", "reboot_type"),
    says: /`reboot_type`.*"SOFT", "HARD"/,
  },
  {
    name: "an answer's example that does not fit",
    api: "samsung-virtualserver",
    breaks: at(`${SAMSUNG}/examples/server-locked.yaml`, "locked: true", 'locked: "yes"'),
    says: /`locked`.*boolean/,
  },
  {
    name: "a parameter's example that does not fit",
    api: "oracle-ecb",
    breaks: at(`${ORACLE}/examples/second-page.yaml`, "value: 50", "value: fifty"),
    says: /integer/,
  },
  {
    name: "an example of two actions at once",
    api: "huawei-ecs-native",
    breaks: at(`${NATIVE}/examples/lock.yaml`, "lock: null", "lock: null, unlock: null"),
    says: /1 propert|one/,
  },
  {
    name: "a field of ours nobody knows",
    api: "oracle-ecb",
    breaks: at(`${ORACLE}/paths/configuration.lock.yaml`, "x-basis: documented", "x-bases: documented"),
    says: /x-bases/,
  },
  {
    name: "a question that the README does not ask",
    api: "oracle-ecb",
    breaks: at(`${ORACLE}/schemas/TokenRenewal.yaml`, "x-question: Q4", "x-question: Q99"),
    says: /openapi\/oracle-ecb\/README\.md has no question Q99 .*: add a row to its table of questions, or name one/,
  },
  {
    name: "a question of a field of ours that the README does not ask",
    api: "oracle-ecb",
    breaks: at(`${ORACLE}/paths/configuration.lock.yaml`, "basis: inferred, question: Q8", "basis: inferred, question: Q99"),
    says: /README\.md has no question Q99/,
  },
  {
    name: "a version that is not its key's",
    api: "oracle-ecb",
    breaks: at(`${ORACLE}/v1.1.yaml`, '  version: "1.1"', '  version: "1.2"'),
    says: /info\.version is "1\.2", but redocly\.yaml names the contract oracle-ecb@v1\.1: write '1\.1'/,
  },
  {
    name: "a version that is a number",
    api: "oracle-ecb",
    breaks: at(`${ORACLE}/v1.1.yaml`, '  version: "1.1"', "  version: 1.1"),
    says: /info\.version is the number 1\.1, where .* wants a text: write it in quotes, '1\.1'/,
  },
  {
    name: "a key in the table of contents without a version",
    api: "oracle-ecb",
    breaks: at("redocly.yaml", "oracle-ecb@v1.1:", "oracle-ecb:"),
    says: /The entry oracle-ecb is not api@version: name it like/,
  },
];
