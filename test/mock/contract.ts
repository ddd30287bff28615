/** A contract from the text of a document: no table unless one is given, validators compiled on the spot. */
import { parse } from "yaml";
import { once } from "../../mock/once.ts";
import type { Behaviour } from "../../mock/state/types.ts";
import type { Contract } from "../../mock/types.ts";
import { isObject, type Obj } from "../../scripts/document.ts";
import { loadValidators } from "../../scripts/validators.ts";

export function contractOf(names: Pick<Contract, "key" | "api" | "version">, text: string, behaviour?: Behaviour): Contract {
  const document = once((): Obj => {
    const value: unknown = parse(text);
    if (isObject(value)) return value;
    throw new Error(`The document of ${names.key} is not an object.`);
  });
  const validators = once(() => loadValidators(document()));
  return {
    ...names,
    behaviour,
    get document() {
      return document();
    },
    get validators() {
      return validators();
    },
  };
}
