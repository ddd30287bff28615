/** From a path to the contracts that stand there, in a radix tree: as fast over two thousand operations as over three. */
import { addRoute, createRouter, findRoute } from "rou3";
import type { ContractMock } from "./contract-mock.ts";
import type { Match, Route } from "./routes.ts";
import { familyOf, type Family } from "./versions.ts";

/** An address, with every contract that has it. */
export interface Place {
  routes: Map<ContractMock, Route>;
  family: Family;
}

export interface Found {
  place: Place;
  values: Record<string, string>;
  /** What `matchOf` made of it the last time. */
  last: { mock: ContractMock; match: Match } | undefined;
}

/** What only careful decoding tells apart: escapes, fragments, dot segments, empty segments, a slash at the end. */
const CAREFUL = /[%#]|\/\.|\/\/|.\/$/;

/** A template in the router's words; the holes are counted, because two versions may name them differently. */
function patternOf(template: string): string | undefined {
  let hole = 0;
  const segments = template.split("/").map((segment) => (/^\{[^{}]+\}$/.test(segment) ? `:h${hole++}` : segment));
  // A hole that is only part of a segment, and what the router would read as its own signs, are left to the linear search.
  const readable = segments.every((segment) => /^:h\d+$|^[\w.~-]*$/.test(segment));
  return readable ? segments.join("/") : undefined;
}

/** A contract that cannot be read must not take the others with it: a request for it finds out, on the careful way. */
function routesIn(mock: ContractMock): Route[] {
  try {
    return mock.routes;
  } catch {
    return [];
  }
}

/**
 * @param mocks the contracts of one api
 * @param prefix what stands before a contract's own path: `/<api>`, or nothing where one is served alone
 */
export function createPlaces(mocks: ContractMock[], prefix: string): (path: string) => Found | undefined {
  const router = createRouter<Place>();
  const places = new Map<string, Map<ContractMock, Route>>();
  for (const mock of mocks) {
    for (const route of routesIn(mock)) {
      const pattern = patternOf(route.template);
      if (pattern === undefined) continue;
      const routes = places.get(pattern) ?? new Map<ContractMock, Route>();
      places.set(pattern, routes.set(mock, route));
    }
  }
  for (const [pattern, routes] of places) {
    const family = familyOf([...routes.keys()], (mock) => mock.takesPin(routes.get(mock)));
    if (family) addRoute(router, "", prefix + pattern, { routes, family });
  }
  return (path) => {
    if (CAREFUL.test(path)) return undefined;
    const route = findRoute(router, "", path);
    if (!route) return undefined;
    return { place: route.data, values: route.params ?? {}, last: undefined };
  };
}

/** The parameters under the names of one contract. */
export function matchOf(found: Found, mock: ContractMock): Match | undefined {
  if (found.last?.mock === mock) return found.last.match;
  const match = makeMatch(found, mock);
  if (match) found.last = { mock, match };
  return match;
}

function makeMatch({ place, values }: Found, mock: ContractMock): Match | undefined {
  const route = place.routes.get(mock);
  if (!route) return undefined;
  const params: Record<string, string> = {};
  for (let hole = 0; hole < route.names.length; hole++) params[route.names[hole] ?? ""] = values[`h${hole}`] ?? "";
  return { route, params };
}
