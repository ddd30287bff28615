/** What is asked of everybody: one kind of request (or one mixture) after the other, on a hundred servers. */
import { lockHuawei, lockSamsung, locks, mixture, samsungLocks, showHuawei, shows } from "./mock-requests.ts";
import type { Shot } from "./mock-plan.ts";

export interface Scenario {
  name: string;
  title: string;
  /** Folder of the contract under generated/. */
  contract: string;
  /** Where its paths begin when latch serves all contracts, and where its `servers` put them. */
  prefix: { latch: string; servers: string };
  /** Whether the answers depend on what was asked before. */
  stateful: boolean;
  probe(base: string): Shot;
  tracks(base: string): Shot[][];
}

const huawei = {
  contract: "huawei-ecs-native/v2.1",
  prefix: { latch: "/huawei-ecs-native/v2.1", servers: "/v2.1" },
  probe: lockHuawei,
};

export const SCENARIOS: Scenario[] = [
  { ...huawei, name: "lock", title: "Huawei ECS: lock", stateful: false, tracks: locks },
  { ...huawei, name: "mixture", title: "Huawei ECS: lock, stop (409), show, unlock", stateful: true, tracks: mixture },
  {
    name: "samsung",
    title: "Samsung virtual server: lock",
    contract: "samsung-virtualserver/v1.3",
    prefix: { latch: "/samsung-virtualserver", servers: "" },
    stateful: false,
    probe: lockSamsung,
    tracks: samsungLocks,
  },
  {
    ...huawei,
    name: "get",
    title: "Huawei ECS: show a server",
    stateful: false,
    probe: (base) => showHuawei(base, "2a9be312-5d4b-4bc8-b2ae-000000000000"),
    tracks: shows,
  },
];
