/** What a first touch would make of a resource, when nobody in particular touches it. */
import type { SeedFile } from "../seed-file.ts";
import { prepare, readText } from "../state/prepare.ts";
import { blank, type Scope } from "../state/scope.ts";
import type { Behaviour, Caller, Fields } from "../state/types.ts";
import type { Contract } from "../types.ts";
import type { ControlContext } from "./types.ts";

/** The caller that nobody knows: what it takes from a request is not there. */
function nobody(behaviour: Behaviour, scope: Scope): Caller {
  const { project, role } = prepare(behaviour);
  const [ofProject, ofRole] = [readText(project, scope), readText(role, scope)];
  return {
    admin: behaviour.caller?.unknown.admin ?? false,
    ...(ofProject !== undefined && { project: ofProject }),
    ...(ofRole !== undefined && { role: ofRole }),
  };
}

function firstFields(behaviour: Behaviour, id: string, seeded: Fields, now: number): Fields {
  const origin = { seed: "", space: behaviour.resource?.space ?? behaviour.api, key: id, serial: 0 };
  const scope: Scope = { now, fields: {}, exists: true, origin, made: {} };
  const whole: Scope = { ...scope, caller: nobody(behaviour, scope) };
  const { initial } = prepare(behaviour);
  return Object.fromEntries(initial.map(([name, read]) => [name, Object.hasOwn(seeded, name) ? (seeded[name] ?? null) : read(whole)]));
}

/**
 * @param contracts that are served
 * @param seed the seed file: what it says of a resource goes before the table's first values
 * @param strict only what the seed file names exists
 * @returns `ControlContext.initial`
 */
export function initialOf(contracts: Contract[], seed: SeedFile, strict: boolean): ControlContext["initial"] {
  return (space, id, now) => {
    const behaviours = contracts.flatMap(({ behaviour }) => (behaviour?.resource?.space === space ? behaviour : []));
    const named = Object.hasOwn(seed.resources, space) ? seed.resources[space] : undefined;
    const seeded = named && Object.hasOwn(named, id) ? named[id] : undefined;
    if (behaviours.length === 0 || (strict && seeded === undefined)) return undefined;
    if (behaviours.some((behaviour) => prepare(behaviour).format?.test(id) === false)) return undefined;
    // The first table that declares a field says how it begins.
    const fields = behaviours.map((behaviour) => firstFields(behaviour, id, seeded ?? {}, now)).toReversed();
    return blank(Object.assign({}, ...fields));
  };
}
