/** The state layer of one contract: who asks, which row of the table answers, and what changes. Between checking and rendering. */
import type { Call } from "../scripts/calls.ts";
import { Refusal } from "./refusal.ts";
import type { SeedFile } from "./seed-file.ts";
import { verifyAkSk } from "./signature-ak-sk.ts";
import { verifyScp } from "./signature.ts";
import { isAggregate } from "./state/aggregate.ts";
import { identify } from "./state/caller.ts";
import { decide, type Asked, type DecideContext, type Outcome } from "./state/decide.ts";
import { createPointers } from "./state/pointers.ts";
import { isWellFormed, jobIdOf, keyOf, keyStandsInPath } from "./state/resource.ts";
import type { Address, Aggregate, Behaviour, Caller, Fields, Refused } from "./state/types.ts";
import { createQueue } from "./store/queue.ts";
import { chain, type Maybe, type Store } from "./store/types.ts";
import { update } from "./store/update.ts";
import type { MockRequest } from "./types.ts";
import type { WorldView } from "./worlds.ts";

export interface StateOptions {
  store: Store;
  /** Only what the seed file names exists. */
  strict: boolean;
  seed: SeedFile;
}

/** What the table may ask of a request before its body has been read. */
export interface Head {
  request: MockRequest;
  path: Record<string, string>;
  query: URLSearchParams;
  world: WorldView;
  /** Of the address: the router gives the same one for the same address. */
  match: { about?: About };
  address: Address;
}

export interface StateLayer {
  /** @throws Refusal when the caller is not who it says, or nobody */
  identify(head: Head): Maybe<Caller>;
  decide(head: Head, call: Call, caller: Caller, body: unknown, mediaType: string | undefined): Maybe<Outcome>;
}

/** A resource, with what is the same each time somebody asks for it. */
export interface About {
  id: string;
  /** In the store. */
  key: string;
  wellFormed: boolean;
  /** What the seed file says of it. */
  seeded?: Fields;
}

const SIGNATURES = {
  scp: { verify: verifyScp, parts: "METHOD, the URL as it goes over the wire, timestamp, access key and client type" },
  "ak-sk": {
    verify: verifyAkSk,
    parts: "method, the URL as it goes over the wire, host, X-Sdk-Date and the other signed headers, and the body",
  },
};

/** In one process, requests for the same resource go one after the other; then only processes compete, and rarely. */
const queue = createQueue();

/**
 * @param api of the contract, for the names of the seed file
 * @param behaviour its table
 */
export function createState(behaviour: Behaviour, { store, strict, seed }: StateOptions): StateLayer {
  const { resource, caller: callers } = behaviour;
  const space = resource?.space ?? behaviour.api;
  const named = seed.resources[space] ?? {};
  // Tokens that the API itself hands out are remembered by the one resource of the world.
  const issues = callers?.lifetime !== undefined && resource?.key === undefined;

  const pointers = createPointers(store, space);

  const read = (world: string, key: string): Maybe<Aggregate | undefined> =>
    chain(store.read(world, key), (entry) => (isAggregate(entry) ? entry : undefined));

  const refuse = (why: Refused, reason: string): Refusal => new Refusal("invalidCredential", reason, {}, callers?.refused[why]);

  const about = (id: string): About => {
    const seeded = Object.hasOwn(named, id) ? named[id] : undefined;
    return { id, key: `${space}/${id}`, wellFormed: isWellFormed(behaviour, id), ...(seeded && { seeded }) };
  };

  function aboutOf(asked: Asked, match: Head["match"]): About | undefined {
    if (match.about) return match.about;
    const id = keyOf(behaviour, asked);
    if (id === undefined) return undefined;
    const made = about(id);
    if (keyStandsInPath(behaviour)) match.about = made;
    return made;
  }

  /** The resource a call is about: its own, or the one that its job belongs to. */
  function find(asked: Asked, world: string, match: Head["match"]): Maybe<About | undefined> {
    const job = jobIdOf(behaviour, asked);
    if (job === undefined) return aboutOf(asked, match);
    return chain(pointers.find(world, job), (key) => (key === undefined ? undefined : about(key)));
  }

  return {
    identify({ request, path, query, world }) {
      const asked: Asked = { call: "", path, query, headers: request.headers };
      const known = issues ? read(world.name, `${space}/`) : undefined;
      return chain(known, (aggregate) => {
        const context = { strict, now: world.now, callers: seed.callers, tokens: seed.tokens, issued: aggregate?.tokens ?? NOBODY };
        const found = identify(behaviour, asked, context);
        if ("refused" in found) throw refuse(found.refused, found.reason);
        const algorithm = callers?.signature;
        // Who shows a token need not sign, and a body that was not read is refused as too large.
        if (algorithm === undefined || found.name === undefined || found.token !== undefined || request.overLimit !== undefined)
          return found;
        const secret = seed.callers[found.name]?.secret;
        if (secret === undefined) return found;
        const { verify, parts } = SIGNATURES[algorithm];
        const { method, headers, body } = request;
        const signed = { method, url: request.signed ?? `${request.origin ?? ""}${request.url}`, headers, body };
        return verify(signed, secret, world.now, callers?.window ?? 900_000).then((wrong) => {
          if (wrong === "signature") throw refuse(wrong, `The signature does not fit the request: sign ${parts}`);
          if (wrong === "window") throw refuse(wrong, "The timestamp of the signature is too far from the clock of the mock");
          return found;
        });
      });
    },

    decide({ request, path, query, world, address, match }, call, caller, body, mediaType) {
      const asked: Asked = { call: call.id, path, query, headers: request.headers, body, mediaType, address };
      return chain(find(asked, world.name, match), (found) => {
        const { now, seed: worldSeed } = world;
        const context: DecideContext = {
          now,
          seed: worldSeed,
          strict,
          seeded: found?.seeded,
          key: found?.id,
          wellFormed: found?.wellFormed,
        };
        if (found === undefined || resource === undefined) return decide(behaviour, asked, caller, context, undefined);
        const { id, key } = found;
        const work = (): Maybe<Outcome> =>
          update<Outcome>(store, world.name, key, (entry) => {
            const outcome = decide(behaviour, asked, caller, context, isAggregate(entry) ? entry : undefined);
            return { result: outcome, next: outcome.next, optional: outcome.adopts === true };
          });
        const outcome = store.local ? work() : queue.run(`${world.name} ${key}`, async () => work());
        return chain(outcome, (made) =>
          made.jobs.length === 0 ? made : chain(pointers.change(world.name, id, made.jobs, made.forgotten ?? []), () => made),
        );
      });
    },
  };
}

const NOBODY: Aggregate["tokens"] = {};
