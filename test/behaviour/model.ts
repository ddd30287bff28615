/**
 * What an independent model of an API is: a second reading of the fact sheet, in plain code, that the mock's answers are held against.
 * A model neither reads behaviour.yaml nor uses the interpreter; only the shapes are shared.
 */
import type * as fc from "fast-check";
import type { Json } from "../../mock/state/types.ts";

export interface CallStep {
  kind: "call";
  /** The call's id in its contract: `lockServer`. */
  call: string;
  /** `huawei-ecs-native@v2.1` */
  contract: string;
  /** A name of the seed's `callers`, or any other word of the model for a caller that the seed does not name. */
  who: string;
  /** A name of the seed's `servers`, or any other word of the model for a resource that is not there. */
  target: string;
  /** Everything else that the request says: flavor, version header, the number of a job that was seen. */
  how: Record<string, Json>;
}

/** The world's clock goes on. */
export interface AdvanceStep {
  kind: "advance";
  ms: number;
}

export type Step = CallStep | AdvanceStep;

export interface Prediction {
  status: number;
  /** Key of the documented example that the answer is made from; absent where the model leaves it open or the answer has no body. */
  example?: string;
  /** JSON pointer → value in the body; `undefined` as value: the member must be absent. */
  shows?: Record<string, Json | undefined>;
  /** Header name in lower case → value; `undefined` as value: the header must be absent. */
  headers?: Record<string, string | undefined>;
  /** Texts that the body holds or does not hold, for bodies that are not JSON. */
  holds?: string[];
  lacks?: string[];
}

export interface SeedCaller {
  accessKey?: string;
  secret?: string;
  user?: string;
  password?: string;
  project?: string;
  role?: string;
  admin?: boolean;
  /** Permissions, `*` stands for any text; absent: everything is allowed. */
  policy?: string[];
}

/** A seed file as an object, as the YAML would be read. */
export interface SeedFile {
  callers?: Record<string, SeedCaller>;
  /** Token → a name of `callers`. */
  tokens?: Record<string, string>;
  /** Name → the API whose resource it is, its id, and fields that differ from the initial ones. */
  servers?: Record<string, { api: string; id: string } & Record<string, Json>>;
}

/** A request as the whole mock takes it: the path begins with the API. */
export interface ModelRequest {
  method: string;
  url: string;
  headers: Record<string, string>;
  body?: string;
}

export interface ModelAnswer {
  status: number;
  headers: Record<string, string>;
  body: string;
}

export interface Model<S> {
  name: string;
  /** Keys of the contracts that the steps go to. */
  contracts: string[];
  /** What the run starts with; the world is strict if `strict` is set. */
  seed: SeedFile;
  strict?: boolean;
  /** @param now the world's clock, milliseconds since the epoch */
  initial(now: number): S;
  steps(): fc.Arbitrary<Step>;
  /** @param seen what `learn` gave so far, in its order */
  request(step: CallStep, seen: readonly string[]): ModelRequest;
  /** What an answer teaches for later requests: the id of a job, a token. It goes to the end of `seen`. */
  learn?(step: CallStep, answer: ModelAnswer): string | undefined;
  /** Pure: `state` is not changed. An advance is not predicted: `now` is simply later at the next call. */
  predict(state: S, step: CallStep, now: number, seen: readonly string[]): { state: S; prediction: Prediction };
}
