/** A whole world at once: what it is like, put back as it was, or as if it had never been. */
import { chain, type Maybe } from "../store/types.ts";
import { done, json } from "./answer.ts";
import { readSnapshot } from "./read-snapshot.ts";
import { snapshot } from "./snapshot.ts";
import type { Operation } from "./types.ts";

const SNAPSHOT_BYTES = 10 * 1024 * 1024;

export const showState: Operation = {
  run({ tools, world }) {
    const { worlds } = tools.context;
    return chain(worlds.view(world), (view) => chain(worlds.store.entries(world), (entries) => json(snapshot(tools, view, entries))));
  },
};

export const restoreState: Operation = {
  takes: SNAPSHOT_BYTES,
  run({ tools, world, body }) {
    const entries = readSnapshot(tools, body);
    const { store } = tools.context.worlds;
    const replaced: Maybe<void> = Object.keys(entries).length > 0 ? store.replace(world, entries) : store.replace(world);
    return chain(replaced, done);
  },
};

export const resetState: Operation = {
  run: ({ tools, world }) => chain(tools.context.worlds.store.replace(world), done),
};
