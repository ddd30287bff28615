/** What the steps of the Huawei models are made of. */
import * as fc from "fast-check";
import type { Json } from "../../../mock/state/types.ts";
import type { Step } from "../model.ts";
import { PAIRS } from "./huawei-seed.ts";

/** One of several values, each so often. */
export const often = <T>(...pairs: [weight: number, value: T][]): fc.Arbitrary<T> =>
  fc.oneof(...pairs.map(([weight, value]) => ({ weight, arbitrary: fc.constant(value) })));

export const who = often(
  [18, "owner"],
  [3, "chief"],
  [4, "root"],
  [1, "stranger"],
  [1, "reader"],
  [1, "limited"],
  [1, "powerless"],
  [2, "anyone"],
);
export const target = fc.oneof(
  { weight: 8, arbitrary: fc.constantFrom(...PAIRS.map(({ name }) => name)) },
  {
    weight: 30,
    arbitrary: often(
      [12, "web-1"],
      [4, "web-2"],
      [4, "db-1"],
      [2, "held"],
      [3, "resized"],
      [1, "undoing"],
      [1, "stuck"],
      [1, "theirs"],
      [4, "fresh"],
      [1, "nowhere"],
    ),
  },
);
export const advance: fc.Arbitrary<Step> = fc.record({
  kind: fc.constant<"advance">("advance"),
  ms: fc.constantFrom(500, 1000, 1500, 2000, 4000, 4000, 8500, 12_000),
});
export const flavor = fc.constantFrom("s3.small.1", "s3.medium.2", "c3.15xlarge.2");
export const image = fc.constantFrom("e215580f-73ad-429d-b6f2-5433947433b0", "1ce5800a-e487-4c1b-b264-3353a39e2b4b");
/** Both sides of every gate. */
const VERSIONS = [
  "2.1",
  "2.2",
  "2.3",
  "2.8",
  "2.9",
  "2.15",
  "2.16",
  "2.18",
  "2.19",
  "2.25",
  "2.26",
  "2.46",
  "2.47",
  "2.53",
  "2.54",
  "2.56",
  "2.57",
  "2.60",
];

/** What the native steps of any model say beside call, caller and target. */
export function howNative(call: string, contract: string): fc.Arbitrary<Record<string, Json>> {
  const rarely = (name: string, value: Json): fc.Arbitrary<Record<string, Json>> => often([9, {}], [1, { [name]: value }]);
  // On /v2 a header that no version fits is not looked at.
  const versions = contract.endsWith("@v2") ? ["2.26", "2.73", "nine"] : VERSIONS;
  const version = fc.oneof(fc.constant({}), fc.record({ version: fc.constantFrom<Json>(...versions), old: fc.boolean() }));
  const own: Record<string, fc.Arbitrary<Record<string, Json>>> = {
    rebootServer: fc.record({ type: fc.constantFrom<Json>("SOFT", "HARD") }),
    resizeServer: fc.record({ flavor }),
    rebuildServer: fc.record(
      {
        image,
        name: fc.constantFrom("rebuilt", "web"),
        metadata: fc.constantFrom("one", "two"),
        adminPass: fc.constant("Fake-Passw0rd-Only"),
        description: often<Json | undefined>([6, undefined], [2, "for the next team"], [1, null]),
        keyName: often<Json | undefined>([8, undefined], [2, "KeyPair-new"], [1, null]),
        userData: often<Json | undefined>([8, undefined], [2, "IyEvYmluL3NoCg=="], [1, null]),
        personality: often<Json | undefined>([2, undefined], [1, "aGVsbG8K"]),
      },
      { requiredKeys: ["image"] },
    ) as fc.Arbitrary<Record<string, Json>>,
  };
  const parts = [own[call] ?? fc.constant({}), version, rarely("project", "other"), rarely("signed", true), rarely("upper", true)];
  return fc.tuple(...parts).map((all) => all.reduce((how, part) => ({ ...how, ...part }), {}));
}
