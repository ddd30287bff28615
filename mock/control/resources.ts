/** One resource of a world: looked at, set, changed, taken away. */
import { blank } from "../state/scope.ts";
import { isAggregate } from "../state/aggregate.ts";
import type { Aggregate, Fields } from "../state/types.ts";
import { chain, type Entry, type Maybe } from "../store/types.ts";
import { update } from "../store/update.ts";
import type { MockAnswer } from "../types.ts";
import { done, json } from "./answer.ts";
import { aMap, anObject } from "./check.ts";
import { missing, Mistake } from "./mistake.ts";
import { checkFields, findSpace, settled, type Space } from "./spaces.ts";
import type { Asked, ControlContext, Operation } from "./types.ts";
import { ONLY, writeWhole } from "./written.ts";

/** That a resource's fields may have. */
const BYTES = 1_048_576;

interface Place {
  space: Space;
  /** Of the store: in lower case, `""` where there is one per world. */
  id: string;
  key: string;
}

/** @throws Mistake with 404 */
function placeOf({ tools: { spaces }, params: { space: name = "", id = "" } }: Asked): Place {
  const space = findSpace(spaces, name);
  if (!space.keyed && id !== ONLY) missing(`There is one ${space.noun} per world, and its id is ${ONLY}`);
  const own = space.keyed ? id.toLowerCase() : "";
  if (!space.takes(own)) missing(`${id} is no key of a ${space.noun}: a key is like ${space.behaviour.resource?.format ?? "any text"}`);
  return { space, id: own, key: `${name}/${own}` };
}

/** What there is now: what is remembered, or what a first touch would make. */
function present(context: ControlContext, { space, id }: Place, entry: Entry | undefined, now: number): Aggregate | undefined {
  if (isAggregate(entry)) return entry.deleted ? undefined : settled(context, space, id, entry, now);
  // Only what is set is written: the rest stays free to be what a first touch makes of it.
  return context.initial(space.name, id) && blank({});
}

function absent({ space, id }: Place, world: string): never {
  return missing(`There is no ${space.noun} ${id === "" ? ONLY : id} in the world ${world}`);
}

const show = (context: ControlContext, { space, id }: Place, aggregate: Aggregate, now: number): MockAnswer =>
  json(writeWhole(context, space, id, aggregate, now));

/** @throws Mistake */
function readFields({ body }: Asked, space: Space): Fields {
  const known = ["space", "id", "derived", "timers", "jobs", "tokens", "items", "serial", "deleted"];
  const more = Object.keys(aMap(body, "")).find((name) => known.includes(name));
  if (more !== undefined)
    throw new Mistake(400, `Only fields are set here: leave out ${more}, or restore it with PUT /_latch/state`, { pointer: `/${more}` });
  const { fields } = anObject(body, "", ["fields"], ["fields"]);
  // What was parsed from JSON is JSON.
  return checkFields(space, aMap(fields, "/fields") as Fields, "/fields");
}

/**
 * @param next what is to be remembered, from what there is; asked again when somebody else was faster
 * @param answer made from what was written
 */
function change(
  asked: Asked,
  { key }: Place,
  next: (entry: Entry | undefined, now: number) => Aggregate,
  answer: (written: Aggregate, now: number) => MockAnswer,
): Maybe<MockAnswer> {
  const { worlds } = asked.tools.context;
  return chain(worlds.view(asked.world), ({ now }) => {
    const written = update(worlds.store, asked.world, key, (entry) => {
      const aggregate = next(entry, now);
      return { next: aggregate, result: aggregate };
    });
    return chain(written, (aggregate) => answer(aggregate, now));
  });
}

/** Counts on, so that nothing is made twice. */
const anew = (entry: Entry | undefined, fields: Fields): Aggregate => ({
  ...blank(fields),
  serial: isAggregate(entry) ? entry.serial : 0,
});

export const showResource: Operation = {
  run(asked) {
    const { context } = asked.tools;
    const place = placeOf(asked);
    return chain(context.worlds.view(asked.world), ({ now }) =>
      chain(context.worlds.store.read(asked.world, place.key), (entry) =>
        show(context, place, present(context, place, entry, now) ?? absent(place, asked.world), now),
      ),
    );
  },
};

export const setResource: Operation = {
  takes: BYTES,
  run(asked) {
    const { context } = asked.tools;
    const place = placeOf(asked);
    const fields = readFields(asked, place.space);
    const next = (entry: Entry | undefined): Aggregate => anew(entry, fields);
    return change(asked, place, next, (written, now) => show(context, place, written, now));
  },
};

export const changeResource: Operation = {
  takes: BYTES,
  run(asked) {
    const { context } = asked.tools;
    const place = placeOf(asked);
    const fields = readFields(asked, place.space);
    const next = (entry: Entry | undefined, now: number): Aggregate => {
      const aggregate = present(context, place, entry, now) ?? absent(place, asked.world);
      return { ...aggregate, fields: { ...aggregate.fields, ...fields } };
    };
    return change(asked, place, next, (written, now) => show(context, place, written, now));
  },
};

export const deleteResource: Operation = {
  run(asked) {
    const { context } = asked.tools;
    const place = placeOf(asked);
    const next = (entry: Entry | undefined, now: number): Aggregate => {
      // Where there is one per world, there always is one: it begins anew.
      if (!place.space.keyed) return anew(entry, {});
      const aggregate = present(context, place, entry, now) ?? absent(place, asked.world);
      return { ...aggregate, timers: [], deleted: true };
    };
    return change(asked, place, next, done);
  },
};
