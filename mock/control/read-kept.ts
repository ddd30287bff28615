/** Tokens and items of a snapshot. */
import type { Issued, Item } from "../state/types.ts";
import { aList, anInstant, anObject, aTruth, part, someText } from "./check.ts";
import { refuse } from "./mistake.ts";

/** @throws Mistake */
export function readToken(value: unknown, at: string): Issued {
  const given = anObject(value, at, ["expires", "caller"], ["expires", "caller"]);
  const caller = anObject(given["caller"], `${at}/caller`, ["user", "role", "admin", "name", "project", "policy"], ["admin"]);
  const inside = `${at}/caller`;
  return {
    expires: anInstant(given["expires"], `${at}/expires`),
    caller: {
      admin: aTruth(caller["admin"], `${inside}/admin`),
      ...part(caller, "user", inside, someText),
      ...part(caller, "role", inside, someText),
      ...part(caller, "name", inside, someText),
      ...part(caller, "project", inside, someText),
      ...part(caller, "policy", inside, (list, place) => aList(list, place, someText)),
    },
  };
}

function readAttribute(value: unknown, at: string): [name: string, values: string[]] {
  if (!Array.isArray(value) || value.length !== 2) refuse(at, `${at} is not a name and a list of its values`);
  return [someText(value[0], `${at}/0`), aList(value[1], `${at}/1`, someText)];
}

/** @throws Mistake */
export function readItem(value: unknown, at: string): Item {
  const given = anObject(value, at, ["type", "attributes", "rest"], ["type", "attributes"]);
  return {
    type: someText(given["type"], `${at}/type`),
    attributes: aList(given["attributes"], `${at}/attributes`, readAttribute),
    ...part(given, "rest", at, someText),
  };
}
