/** One port, every contract: the first segment of the path names the API, the rest is the vendor's own path. */
import { createAddresses } from "./addresses.ts";
import { sourceOf, type Source } from "./clock.ts";
import { createCompiled } from "./compiled/backend.ts";
import { ContractMock } from "./contract-mock.ts";
import { isControl } from "./control-path.ts";
import { createControl, type Control } from "./control/handler.ts";
import { rolls } from "./inject.ts";
import { problem } from "./problem.ts";
import { matchOf } from "./router.ts";
import { NO_SEED, readSeed, type SeedInput } from "./seed-file.ts";
import { firstTouch } from "./state/first.ts";
import type { Behaviour } from "./state/types.ts";
import { createState } from "./stateful.ts";
import { createMemoryStore } from "./store/memory.ts";
import { chain, type Maybe, type Store } from "./store/types.ts";
import { parseTarget, quickTarget } from "./target.ts";
import type { Backend, BackendFactory, Contract, Engine, MockAnswer, MockRequest } from "./types.ts";
import { chooseByHeader, chooseMock } from "./versions.ts";
import { createWorlds, type WorldView, type Worlds } from "./worlds.ts";

export interface EngineOptions {
  /** Key of the one contract, or name of the one api, that is served at `/`, so that a client that only takes a host works. */
  alone?: string | undefined;
  /** The library behind the contracts: the compiled validators unless said otherwise. */
  backend?: BackendFactory | undefined;
  /** Remember nothing: every valid request gets its first success answer, as Prism has it. */
  stateless?: boolean | undefined;
  /** Where the clock starts, or a function that is the clock. The system's clock when absent. */
  now?: Date | string | number | Source | undefined;
  /** What ids and tokens are made from. */
  seed?: string | undefined;
  /** Named servers, callers and tokens (docs/mock.md). */
  seedFile?: SeedInput | undefined;
  /** Only what the seed file names exists. */
  strict?: boolean | undefined;
  store?: Store | undefined;
  /** The request header that names a world. */
  worldHeader?: string | undefined;
  /** Refuse plain HTTP where the contract says how (426). */
  requireHttps?: boolean | undefined;
  /** The share of requests, from 0 to 1, that get a documented status of trouble. */
  faultRate?: number | undefined;
  /** Milliseconds that every answer waits, or the least and the most. */
  delay?: number | [least: number, most: number] | undefined;
  /** Of latch, for `/_latch/health`. */
  version?: string | undefined;
  /** Told of every row of a behaviour table that decided. */
  onRow?: ((contract: string, row: string) => void) | undefined;
}

export interface MockEngine extends Engine {
  /** Whether this path belongs to a contract or to the control API; the others are free for documentation. */
  serves(url: string): boolean;
  readonly worlds: Worlds;
  /** From now on `/_latch/ready` says no. */
  drain(): void;
}

function delays(delay: number | [number, number] | undefined, seed: string): (() => number) | undefined {
  if (delay === undefined || delay === 0) return undefined;
  if (typeof delay === "number") return () => delay;
  const [least, most] = delay;
  const roll = rolls(`${seed} delay`);
  return () => least + roll() * (most - least);
}

/** The engine that needs no library: what `generate` compiled. */
const compiledWith =
  (seed: string): BackendFactory =>
  (contract: Contract): Backend => {
    if (contract.validators === undefined)
      throw new Error(`The contract ${contract.key} has no compiled validators: run npm run generate.`);
    return createCompiled(contract.document, contract.validators, { seed });
  };

/**
 * The engine over all contracts.
 * @param contracts oldest version of an API first, as redocly.yaml lists them
 * @throws Error when `alone` names none of them, SeedError when the seed file is wrong
 */
export function createEngine(contracts: Contract[], options: EngineOptions = {}): MockEngine {
  const { alone, stateless = false, strict = false, faultRate = 0, requireHttps = false } = options;
  const header = (options.worldHeader ?? "X-Latch-World").toLowerCase();
  const source = sourceOf(options.now);
  const seed = options.seed ?? "latch";
  const backend = options.backend ?? compiledWith(seed);
  const store = options.store ?? createMemoryStore();
  const worlds = createWorlds(store, source, header, seed);
  const served = contracts.filter(({ key, api }) => alone === undefined || key === alone || api === alone);
  if (served.length === 0 && alone !== undefined)
    throw new Error(`There is no contract ${alone}: choose from ${contracts.map(({ key }) => key).join(", ")}.`);
  const behaviours = new Map<string, Behaviour>();
  const tables = (): Map<string, Behaviour> => {
    for (const { api, behaviour } of served) if (behaviour) behaviours.set(api, behaviour);
    return behaviours;
  };
  const seeded = options.seedFile === undefined ? NO_SEED : readSeed(options.seedFile, served);

  const families = new Map<string, ContractMock[]>();
  for (const contract of served) {
    const mock = new ContractMock(contract, {
      backend,
      state: ({ behaviour }) => (stateless || !behaviour ? undefined : createState(behaviour, { store, strict, seed: seeded })),
      requireHttps,
      faultRate,
      spend: (world, fault) => worlds.spend(world, fault),
      onRow: options.onRow,
    });
    families.set(contract.api, [...(families.get(contract.api) ?? []), mock]);
  }
  const single = alone === undefined ? undefined : [...families.values()][0];
  const { place, locate } = createAddresses(families, single);

  let closing = false;
  let control: Control | undefined;
  const controls = (): Control =>
    (control ??= createControl({
      contracts: served,
      worlds,
      source,
      header: options.worldHeader ?? "X-Latch-World",
      version: options.version ?? "unknown",
      initial: (space, id) => {
        const behaviour = [...tables().values()].find(({ resource }) => resource?.space === space);
        const named = seeded.resources[space] ?? {};
        return behaviour && firstTouch(behaviour, id, Object.hasOwn(named, id) ? named[id] : undefined, strict);
      },
      closing: () => closing,
    }));

  /** A path as it is usually sent: found in the tree, without decoding anything. */
  function straight(request: MockRequest, world: WorldView): Maybe<MockAnswer> | undefined {
    const found = place(request.url);
    if (!found) return undefined;
    const { mock, refusal } = chooseByHeader(found.place.family, request.headers, world.now);
    const match = matchOf(found, mock);
    if (refusal || !match) return undefined;
    return mock.respond(request, quickTarget(request.url, single ? 0 : 1), match, world);
  }

  function respond(request: MockRequest, world: WorldView): Maybe<MockAnswer> {
    const answer = straight(request, world);
    if (answer !== undefined) return answer;
    const located = locate(request.url);
    if (!located)
      return problem(404, `Nothing is served at ${parseTarget(request.url).path}: the APIs are ${[...families.keys()].join(", ")}`);
    const { mock, refusal } = chooseMock(located.mocks, located.target, request.headers, world.now);
    return refusal ? mock.refuse(refusal, request, located.target) : mock.respond(request, located.target, undefined, world);
  }

  const waits = delays(options.delay, seed);

  return {
    worlds,
    drain: () => void (closing = true),
    serves: (url) => isControl(url) || place(url) !== undefined || locate(url) !== undefined,

    bodyLimit(request) {
      if (isControl(request.url)) return controls().bodyLimit(request);
      const found = place(request.url);
      if (found) return found.place.family.speaker.bodyLimit;
      const located = locate(request.url);
      return located ? chooseMock(located.mocks, located.target, request.headers, 0).mock.bodyLimit : 0;
    },

    respond(request) {
      if (isControl(request.url)) return controls().respond(request);
      const name = worlds.nameOf(request.headers);
      if (typeof name !== "string") return problem(400, name.wrong);
      const answer = chain(worlds.view(name), (world) => respond(request, world));
      return waits === undefined ? answer : chain(answer, (made) => ({ ...made, delay: (made.delay ?? 0) + waits() }));
    },
  };
}
