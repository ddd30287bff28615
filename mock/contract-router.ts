/** One port, every contract: the first segment of the path names the API, the rest is the vendor's own path. */
import { ContractMock } from "./contract-mock.ts";
import { problem } from "./problem.ts";
import { createPrism } from "./prism.ts";
import { below, parseTarget, type Target } from "./target.ts";
import type { BackendFactory, Contract, Engine } from "./types.ts";
import { chooseMock } from "./versions.ts";

export interface MockOptions {
  /** Key of the one contract that is served at `/`, so that a client that only takes a host works. */
  alone?: string | undefined;
  /** The library behind the contracts; Prism unless said otherwise. */
  backend?: BackendFactory | undefined;
}

export interface Mock extends Engine {
  /** Whether this path belongs to a contract; the others are free for documentation. */
  serves(url: string): boolean;
}

interface Place {
  mocks: ContractMock[];
  target: Target;
}

/**
 * The engine over all contracts.
 * @param contracts oldest version of an API first, as redocly.yaml lists them
 * @throws Error when `alone` names none of them
 */
export function createMock(contracts: Contract[], { alone, backend = createPrism }: MockOptions = {}): Mock {
  const families = new Map<string, ContractMock[]>();
  for (const contract of contracts) {
    if (alone !== undefined && contract.key !== alone) continue;
    families.set(contract.api, [...(families.get(contract.api) ?? []), new ContractMock(contract, backend)]);
  }
  const single = alone === undefined ? undefined : [...families.values()][0];
  if (alone !== undefined && !single)
    throw new Error(`There is no contract ${alone}: choose from ${contracts.map(({ key }) => key).join(", ")}.`);

  function locate(url: string): Place | undefined {
    const target = parseTarget(url);
    if (single) return { mocks: single, target };
    const mocks = families.get(target.segments[0] ?? "");
    return mocks && { mocks, target: below(target) };
  }

  return {
    serves: (url) => locate(url) !== undefined,

    bodyLimit({ url, headers }) {
      const place = locate(url);
      return place ? chooseMock(place.mocks, place.target, headers).mock.bodyLimit : 0;
    },

    async respond(request) {
      const place = locate(request.url);
      if (!place)
        return problem(404, `Nothing is served at ${parseTarget(request.url).path}: the APIs are ${[...families.keys()].join(", ")}`);
      const { mock, refusal } = chooseMock(place.mocks, place.target, request.headers);
      return refusal ? mock.refuse(refusal, place.target) : mock.respond(request, place.target);
    },
  };
}
