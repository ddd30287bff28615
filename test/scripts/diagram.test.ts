/** The state diagram: explored from a table, and true of the real ones. */
import { describe, expect, test } from "vitest";
import { loadContracts } from "../../mock/load.ts";
import type { Behaviour, Row } from "../../mock/state/types.ts";
import { stateDiagrams } from "../../scripts/diagram.ts";
import { explore } from "../../scripts/diagram-states.ts";
import { ROOT } from "../../scripts/root.ts";

const row = (call: string, name: string, rest: Partial<Row>): Row => ({
  id: `${call}/${name}`,
  name,
  guard: false,
  answer: { status: "202" },
  basis: "documented",
  ...rest,
});

const lamp: Behaviour = {
  api: "lamp",
  summary: "A lamp",
  resource: {
    name: "lamp",
    space: "lamp",
    fields: {
      power: { values: ["off", "on", "broken"], initial: "off" },
      task: { values: [null, "warming"], initial: null },
      before: { values: ["off", "on"], initial: "off" },
      locked: { values: [false, true], initial: false },
    },
    derived: {
      shows: [
        { when: { power: "off", task: "warming" }, is: "WARMING" },
        { when: { power: "off" }, is: "OFF" },
        { when: { power: "on" }, is: "ON" },
        { is: "BROKEN" },
      ],
    },
    diagram: "shows",
  },
  request: {},
  ignores: [],
  samples: {},
  calls: {
    switchOn: {
      rows: [
        row("switchOn", "locked", { when: { locked: true }, answer: { status: "409", example: "locked" } }),
        row("switchOn", "warms", {
          when: { power: "off", task: null },
          effect: { set: { task: "warming" }, timers: { warm: { after: "PT2S", set: { power: "on", task: null } } } },
        }),
        row("switchOn", "never", { when: { power: { not: ["off", "on", "broken"] } }, effect: { set: { power: "broken" } } }),
        row("switchOn", "refused", { answer: { status: "409" } }),
      ],
    },
    restore: {
      rows: [
        row("restore", "restores", { when: { power: "on" }, effect: { set: { power: "$before" } } }),
        row("restore", "no", { answer: { status: "409" } }),
      ],
    },
    lock: { rows: [row("lock", "locks", { effect: { set: { locked: true } } })] },
  },
};

describe("a small table", () => {
  const edges = explore(lamp).edges.map(({ from, to, label }) => `${from} > ${to}: ${label}`);
  test("calls, timers and values from elsewhere lead from state to state", () => {
    expect(edges.toSorted()).toEqual(["OFF > WARMING: switchOn 202", "ON > OFF: restore 202", "WARMING > ON: switchOn, after PT2S"]);
  });
  test("the text is Mermaid's, with the lock as a region of its own", () => {
    const text = [...stateDiagrams([lamp], (api) => `%% ${api}`).values()][0] ?? "";
    expect(text.split("\n")).toEqual([
      "%% lamp",
      "stateDiagram-v2",
      "  [*] --> OFF",
      "  OFF --> WARMING: switchOn 202",
      "  WARMING --> ON: switchOn, after PT2S",
      "  ON --> OFF: restore 202",
      "  --",
      "  [*] --> unlocked",
      "  unlocked --> locked: lock",
      "  note right of locked",
      "    409 locked: switchOn",
      "  end note",
      "",
    ]);
  });
});

test("one diagram per API of the repository, each line in Mermaid's grammar", async () => {
  const contracts = await loadContracts(ROOT);
  const diagrams = stateDiagrams(
    contracts.flatMap(({ behaviour }) => (behaviour ? [behaviour] : [])),
    (api) => `%% ${api}`,
  );
  expect([...diagrams.keys()]).toEqual([...new Set(contracts.map(({ api }) => api))]);
  const line =
    /^(%% .*|stateDiagram-v2|  --|  state "[^"]+" as \w+|  (\[\*\]|\w+) --> \w+(: [^:]*)?|  note right of \w+|    [^:]+: [^:]+|  end note|)$/;
  for (const text of diagrams.values()) expect(text.split("\n").filter((one) => !line.test(one))).toEqual([]);
});
