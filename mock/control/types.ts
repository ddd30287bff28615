/** The words of the control API (`/_latch/`): what it needs of the mock, and what one of its operations is. */
import type { Source } from "../clock.ts";
import type { Aggregate } from "../state/types.ts";
import type { Maybe } from "../store/types.ts";
import type { Contract, MockAnswer, MockRequest } from "../types.ts";
import type { Worlds } from "../worlds.ts";
import type { Catalogue } from "./catalogue.ts";
import type { Spaces } from "./spaces.ts";

export interface ControlContext {
  /** The contracts that are served. */
  contracts: Contract[];
  worlds: Worlds;
  /** The clock that worlds follow until theirs is set; the same that `worlds` was made with. */
  source: Source;
  /** The request header that names a world, as people write it: `X-Latch-World`. */
  header: string;
  /** Of latch. */
  version: string;
  /**
   * What a first touch would make of a resource: `firstTouch` (mock/state/first.ts).
   * @param id in lower case, `""` where there is one per world
   * @returns undefined where there is no such resource: its key has another form, or only what the seed file names exists
   */
  initial(space: string, id: string): Aggregate | undefined;
  /** Whether the server is about to stop: `ready` then says no. */
  closing(): boolean;
}

export interface Control {
  /** Answers every path at and below `/_latch`. Throws only for a defect of ours. */
  respond(request: MockRequest): Maybe<MockAnswer>;
  /** How many bytes of body this request may have; a door stops reading there. */
  bodyLimit(request: MockRequest): number;
}

/** What is made once, when it is first needed, from the contracts. */
export interface Tools {
  context: ControlContext;
  readonly spaces: Spaces;
  readonly catalogue: Catalogue;
}

/** A request that has found its operation, names a world, and has a body that is JSON where it needs one. */
export interface Asked {
  tools: Tools;
  world: string;
  /** Path parameters, decoded. */
  params: Record<string, string>;
  /** Parsed; undefined for operations that take none. */
  body: unknown;
}

export interface Operation {
  /** Bytes of JSON that it takes; absent, it takes no body. */
  takes?: number;
  run(asked: Asked): Maybe<MockAnswer>;
}
