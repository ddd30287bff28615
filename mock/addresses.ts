/** Which contracts stand at an address: remembered, looked up in a tree, or searched with care. */
import type { ContractMock } from "./contract-mock.ts";
import { createPlaces, type Found } from "./router.ts";
import { below, parseTarget, type Target } from "./target.ts";

/** How many addresses are remembered, of what length, and for how many others nothing is when nobody comes back to them. */
const RECENT = 5000;
const RECENT_LENGTH = 500;
const PAUSE = 10 * RECENT;

const pathOf = (url: string): string => {
  const mark = url.indexOf("?");
  return mark < 0 ? url : url.slice(0, mark);
};

export interface Addresses {
  /** A path as it is usually sent: found without decoding anything. */
  place(url: string): Found | undefined;
  /** Any other: the contracts of its api, and what of the path is the vendor's. */
  locate(url: string): { mocks: ContractMock[]; target: Target } | undefined;
}

/**
 * @param families the contracts by api
 * @param single those of the one api that is served at `/`, where only one is
 */
export function createAddresses(families: ReadonlyMap<string, ContractMock[]>, single: ContractMock[] | undefined): Addresses {
  const finders = new Map<string, ReturnType<typeof createPlaces>>();

  /** What was found at the last addresses: clients poll the same few. Bounded, whatever they make up. */
  let recent = new Map<string, Found>();

  function place(url: string): Found | undefined {
    const known = recent.get(url);
    if (known) {
      visits++;
      return known;
    }
    const found = search(pathOf(url));
    if (found && url.length <= RECENT_LENGTH) remember(url, found);
    return found;
  }

  let visits = 0;
  let pause = 0;

  function remember(url: string, found: Found): void {
    if (pause > 0) {
      pause--;
      return;
    }
    if (recent.size >= RECENT) {
      // To remember what is never asked again costs more than to look it up.
      if (visits < RECENT) pause = PAUSE;
      visits = 0;
      recent = new Map();
    }
    recent.set(url, found);
  }

  /** A tree per api, grown when the api is first asked: a client of one does not wait for the others. */
  function search(path: string): Found | undefined {
    const end = path.indexOf("/", 1);
    const api = single ? "" : path.slice(1, end < 0 ? path.length : end);
    const known = finders.get(api);
    if (known) return known(path);
    const mocks = single ?? families.get(api);
    if (!mocks) return undefined;
    const grown = createPlaces(mocks, single ? "" : `/${api}`);
    finders.set(api, grown);
    return grown(path);
  }

  function locate(url: string): { mocks: ContractMock[]; target: Target } | undefined {
    const target = parseTarget(url);
    if (single) return { mocks: single, target };
    const mocks = families.get(target.segments[0] ?? "");
    return mocks && { mocks, target: below(target) };
  }

  return { place, locate };
}
