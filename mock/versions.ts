/** Which of the contracts of one API a request is for: by the version in the path, or by the one in a header. */
import type { ContractMock } from "./contract-mock.ts";
import { Refusal } from "./refusal.ts";
import type { Target } from "./target.ts";

export interface Choice {
  mock: ContractMock;
  /** Set where no contract takes the request: `mock` then speaks for its siblings. */
  refusal?: Refusal;
}

const VERSION = /^v\d+(\.\d+)*$/;

const startsWith = (segments: string[], base: string[], same: (segment: string, expected: string) => boolean): boolean =>
  base.every((expected, index) => same(segments[index] ?? "", expected));

const isBelow = (mock: ContractMock, { segments }: Target): boolean =>
  mock.bases.some((base) => startsWith(segments, base, (segment, expected) => segment === expected));

/** Whether the path differs from the contract's address in nothing but the number of the version. */
const isOtherVersion = (mock: ContractMock, { segments }: Target): boolean =>
  mock.bases.some((base) =>
    startsWith(segments, base, (segment, expected) => segment === expected || (VERSION.test(expected) && VERSION.test(segment))),
  );

/** The version a request without a version gets: the CURRENT one, else the last one listed. */
const current = (mocks: ContractMock[]): ContractMock | undefined =>
  mocks.find(({ lifecycle }) => lifecycle.state === "CURRENT") ?? mocks.at(-1);

/** Contracts that stand at one address, at least one, with what tells them apart. */
export interface Family {
  mocks: ContractMock[];
  speaker: ContractMock;
  /** The header that names the version, where the calls at this address look at one. */
  header: string | undefined;
}

/** @param takesPin whether a contract's call at the address looks at the header */
export function familyOf(mocks: ContractMock[], takesPin: (mock: ContractMock) => boolean): Family | undefined {
  const speaker = current(mocks);
  return speaker && { mocks, speaker, header: mocks.find((mock) => mock.pin && takesPin(mock))?.pin?.header };
}

/** Several contracts at one address: the pinned header tells them apart. */
export function chooseByHeader({ mocks, speaker, header }: Family, headers: Record<string, string>, now: number): Choice {
  const value = header === undefined ? undefined : headers[header];
  if (value === undefined || value === "") return { mock: speaker };
  const mock = mocks.find(({ pin }) => pin?.value === value);
  if (mock) return { mock };
  // Those that are over are refused as well.
  const known = mocks.flatMap(({ pin, lifecycle }) => (lifecycle.over(now) ? [] : (pin?.value ?? []))).join(", ");
  const kind = speaker.unknownVersionStatus === undefined ? "invalidRequest" : "unknownVersion";
  return {
    mock: speaker,
    refusal: new Refusal(kind, `The version ${value} in ${header ?? ""} is not registered for this call: send ${known}`),
  };
}

/**
 * @param mocks the contracts of one API, oldest first, at least one
 * @param target the path below `/<api>`
 * @param now milliseconds since the epoch: which versions are alive
 */
export function chooseMock(mocks: ContractMock[], target: Target, headers: Record<string, string>, now: number): Choice {
  // A version is registered per call: where only some contracts have the route, only those can be chosen.
  const routed = mocks.filter((mock) => mock.match(target) !== undefined);
  const near = routed.length > 0 ? routed : mocks.filter((mock) => isBelow(mock, target));
  const family = familyOf(near, (mock) => mock.takesPin(mock.match(target)?.route));
  if (family) return chooseByHeader(family, headers, now);
  const strangers = mocks.filter((mock) => isOtherVersion(mock, target));
  const speaker = current(strangers.length > 0 ? strangers : mocks);
  if (!speaker) throw new Error("An API without contracts cannot be served.");
  const bases = [...new Set(mocks.flatMap(({ bases }) => bases.map((base) => `/${base.join("/")}`)))].join(", ");
  const reason = `Nothing is served at ${target.path}: this API stands at ${bases}`;
  // An entry with another status speaks of versions that a header names.
  const kind = strangers.length > 0 && speaker.unknownVersionStatus === "404" ? "unknownVersion" : "unknownRoute";
  return { mock: speaker, refusal: new Refusal(kind, target.broken ?? reason) };
}
