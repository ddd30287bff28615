/** The header that names the version, where one address serves several: the parameter with `x-pin`, whose constant the bundle has. */
import type { Call } from "../scripts/calls.ts";
import { arrayAt, objectAt, resolveObject, stringAt, type Obj } from "../scripts/document.ts";

export interface Pin {
  /** In lower case. */
  header: string;
  value: string;
}

/** A contract has one such header or none. */
export function pinOf(document: Obj, calls: Call[]): Pin | undefined {
  for (const { pathItem, operation } of calls) {
    for (const entry of [...arrayAt(pathItem, "parameters"), ...arrayAt(operation, "parameters")]) {
      const parameter = resolveObject(document, entry);
      const [header, value] = [stringAt(parameter, "name"), stringAt(objectAt(parameter, "schema"), "const")];
      if (parameter["in"] === "header" && parameter["x-pin"] !== undefined && header && value)
        return { header: header.toLowerCase(), value };
    }
  }
  return undefined;
}
