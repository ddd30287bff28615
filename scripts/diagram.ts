/** `states.mmd`: the state diagram of an API in Mermaid's text form, made from its table and never drawn. */
import type { Behaviour, Row } from "../mock/state/types.ts";
import { explore, type Edge } from "./diagram-states.ts";

/** Mermaid's ids take no signs that vendors' words have. */
const idOf = (label: string): string => label.replace(/[^A-Za-z0-9_]/g, "_");

/** Several ways from one state to another are one arrow with several lines. */
function arrows(edges: Edge[]): string[] {
  const grouped = new Map<string, Edge[]>();
  for (const edge of edges) {
    const key = `${idOf(edge.from)} --> ${idOf(edge.to)}`;
    grouped.set(key, [...(grouped.get(key) ?? []), edge]);
  }
  return [...grouped].map(([key, group]) => `  ${key}: ${[...new Set(group.map(({ label }) => label))].toSorted().join("<br>")}`);
}

/** The rows that a set lock refuses, as `409 deleteServer, stopServer`. */
function refusedBy(behaviour: Behaviour, isLock: (row: Row) => boolean): string[] {
  const refused = new Map<string, string[]>();
  for (const [call, { rows }] of Object.entries(behaviour.calls)) {
    for (const row of rows.filter(isLock)) {
      const answer = `${row.answer.status} ${row.answer.example ?? ""}`.trim();
      refused.set(answer, [...(refused.get(answer) ?? []), call]);
    }
  }
  return [...refused].map(([answer, calls]) => `${answer}: ${[...new Set(calls)].join(", ")}`);
}

/** A lock that is a field of its own is a region of its own: it holds beside every state. */
function lockRegion(behaviour: Behaviour): string[] {
  const values = behaviour.resource?.fields["locked"]?.values;
  if (!values?.includes(true)) return [];
  const setters = (value: boolean): string[] =>
    Object.entries(behaviour.calls)
      .filter(([, { rows }]) => rows.some(({ effect }) => effect?.set?.["locked"] === value))
      .map(([call]) => call);
  const arrow = (from: string, to: string, calls: string[]): string[] =>
    calls.length > 0 ? [`  ${from} --> ${to}: ${calls.join("<br>")}`] : [];
  const refused = refusedBy(behaviour, ({ when, answer }) => when?.["locked"] === true && Number(answer.status) >= 400);
  return [
    "  [*] --> unlocked",
    ...arrow("unlocked", "locked", setters(true)),
    ...arrow("locked", "unlocked", setters(false)),
    ...(setters(true).length === 0 ? ["  unlocked --> locked: set through the sibling API"] : []),
    ...(refused.length > 0 ? ["  note right of locked", ...refused.map((line) => `    ${line}`), "  end note"] : []),
  ];
}

/** The tables of an API's versions as one: what any of them can do. */
export const united = ([first, ...others]: [Behaviour, ...Behaviour[]]): Behaviour => ({
  ...first,
  calls: others.reduce((calls, table) => ({ ...calls, ...table.calls }), first.calls),
});

/**
 * The diagrams of all APIs that have a table with a diagram.
 * @param tables per contract, in the order of redocly.yaml
 * @param header gives the comment for an api
 * @returns api → text
 */
export function stateDiagrams(tables: Behaviour[], header: (api: string) => string): Map<string, string> {
  const apis = new Map<string, [Behaviour, ...Behaviour[]]>();
  for (const table of tables) {
    const known = apis.get(table.api);
    if (known) known.push(table);
    else apis.set(table.api, [table]);
  }
  const all = [...apis]
    .map(([api, versions]) => [api, united(versions)] as const)
    .filter(([, table]) => table.resource?.diagram !== undefined);
  return new Map(
    all.map(([api, table]) => {
      const neighbours = all.flatMap(([other, one]) => (other !== api && one.resource?.space === table.resource?.space ? [one] : []));
      return [api, stateDiagram(table, header(api), neighbours)];
    }),
  );
}

/**
 * @param behaviour the table of an API, over the calls of all of its versions
 * @param header the comment that says where it comes from
 * @param neighbours tables of other APIs that act on the same resource
 * @returns the text of a Mermaid diagram
 */
export function stateDiagram(behaviour: Behaviour, header: string, neighbours: Behaviour[] = []): string {
  const { initial, edges } = explore(behaviour, neighbours);
  const states = [...new Set([initial, ...edges.flatMap(({ from, to }) => [from, to])])];
  const named = states.filter((state) => idOf(state) !== state).map((state) => `  state "${state}" as ${idOf(state)}`);
  const region = [...named, `  [*] --> ${idOf(initial)}`, ...arrows(edges)];
  const lock = lockRegion(behaviour);
  return [header, "stateDiagram-v2", ...region, ...(lock.length > 0 ? ["  --", ...lock] : []), ""].join("\n");
}
