/** Everything a reference can mean at one moment. Made once per request, read by what `prepare` compiled. */
import { findItem, itemOf, type ItemRequest } from "./collection.ts";
import { idFrom, tokenFrom } from "./random.ts";
import type { Aggregate, Asked, Caller, CollectionSpec, Fields, Item, Job, Json, Known } from "./types.ts";

/** What a row makes: the same within one row, and only looked for when it is asked. */
export interface Made {
  id?: string;
  token?: string;
}

export interface Scope {
  /** Milliseconds since the epoch. */
  now: number;
  /** Every field of the resource. */
  fields: Fields;
  exists: boolean;
  /** The world's seed, the space and key of the resource, and how much was made for it: what `new` is made from. */
  origin: { seed: string; space: string; key: string; serial: number };
  made: Made;
  asked?: Asked;
  caller?: Caller;
  permission?: { main?: string; role?: string };
  /** Milliseconds that a new token lives. */
  lifetime?: number;
  /** The job asked for, or the last one. */
  job?: Job;
  items?: readonly Item[];
  collection?: CollectionSpec;
  request?: { item: ItemRequest | undefined };
  /** What a timer was told; there is no request then. */
  known?: Known;
}

/** `new.id` */
export function newId({ made, origin }: Scope): string {
  made.id ??= idFrom(origin.seed, origin.space, origin.key, origin.serial);
  return made.id;
}

/** `new.token` */
export function newToken({ made, origin }: Scope): string {
  made.token ??= tokenFrom(origin.seed, origin.space, origin.key, origin.serial);
  return made.token;
}

/** What the request says of an item; read from its text once. */
export function requestedItem(scope: Scope): ItemRequest | undefined {
  const { collection, asked } = scope;
  if (!collection || !asked) return undefined;
  scope.request ??= { item: itemOf(collection, asked) };
  return scope.request.item;
}

/** The item of the collection that the request names. */
export function existingItem(scope: Scope): Item | undefined {
  const request = requestedItem(scope);
  return request && scope.collection ? findItem(scope.collection, scope.items ?? scope.collection.initial, request.item) : undefined;
}

/** `job.status` */
export function jobStatus(job: Job, now: number): Json {
  return job.result ?? (now < job.runs ? "init" : "running");
}

/** Nothing is remembered yet. */
export const blank = (fields: Fields): Aggregate => ({ fields, timers: [], jobs: [], tokens: {}, serial: 0 });
