/** Where a contract's paths really stand: the path part of its `servers`. */
import { arrayAt, isObject, objectAt, stringAt, type Obj } from "../scripts/document.ts";

const ORIGIN = /^([a-z][a-z0-9+.-]*:)?\/\/[^/]*/i;

/** Every text a template stands for when each variable takes its default and the alternatives of its enumeration. */
function expand(template: string, variables: Obj): string[] {
  const [hole, name] = /\{([^{}]+)\}/.exec(template) ?? [];
  if (hole === undefined || name === undefined) return [template];
  const variable = objectAt(variables, name);
  const values = [stringAt(variable, "default"), ...arrayAt(variable, "enum").map(String)].filter((value) => value !== undefined);
  return [...new Set(values.length > 0 ? values : [name])].flatMap((value) =>
    expand(
      template.replace(hole, () => value),
      variables,
    ),
  );
}

/**
 * The paths of servers, as segments: `https://{host}/rest/{version}` with `version: v1.1` gives `[["rest", "v1.1"]]`.
 * @param servers Server Objects; none means the root, as OpenAPI has it
 */
export function serverPaths(servers: unknown[]): string[][] {
  const paths = servers.filter(isObject).flatMap((server) => {
    // The host goes first, so that its variables (regions, environments) are not multiplied out.
    const template = (stringAt(server, "url") ?? "/").replace(ORIGIN, "");
    return expand(template, objectAt(server, "variables")).map((path) => path.replace(ORIGIN, ""));
  });
  const unique = [...new Set(paths.length > 0 ? paths : ["/"])];
  return unique.map((path) => path.split("/").filter((segment) => segment !== ""));
}

/** The servers that hold for an operation: its own, else its path's, else the document's. */
export function serversOf(document: Obj, pathItem: Obj, operation: Obj): unknown[] {
  const [own, paths] = [arrayAt(operation, "servers"), arrayAt(pathItem, "servers")];
  if (own.length > 0) return own;
  return paths.length > 0 ? paths : arrayAt(document, "servers");
}
