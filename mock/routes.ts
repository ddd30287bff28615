/** From a path to the calls that stand there. */
import type { Call } from "../scripts/calls.ts";
import type { Method, Obj } from "../scripts/document.ts";
import { once } from "./once.ts";
import { compileOperations, type Operations } from "./operations.ts";
import { serverPaths, serversOf } from "./servers.ts";
import type { About } from "./stateful.ts";
import { escapeRegExp } from "./text.ts";

export interface Route {
  /** The whole template, server path included: `/rest/v1.1/configuration/lock`. */
  template: string;
  /** The key under `paths`. */
  path: string;
  /** By method; more than one call where one URL takes many bodies. */
  calls: Map<Method, Call[]>;
  /** By method, taken apart when the route is first used. */
  operations: () => Operations;
  segments: RegExp[];
  names: string[];
}

export interface Match {
  route: Route;
  params: Record<string, string>;
  /** What the state layer has found out about the address. */
  about?: About;
}

const HOLE = /\{([^{}]+)\}/g;

/** A hole takes at least one character: `/servers//lock` is not a server. */
const segmentPattern = (segment: string): RegExp =>
  new RegExp(
    `^${segment
      .split(HOLE)
      .map((part, index) => (index % 2 ? "(.+)" : escapeRegExp(part)))
      .join("")}$`,
    "su",
  );

/** Sorts literal segments before holes, so that the first match is the most concrete one. */
const concreteness = (route: Route): string =>
  route.template
    .split("/")
    .map((segment) => (segment.includes("{") ? "1" : "0"))
    .join("");

function newRoute(document: Obj, template: string, path: string, segments: string[], names: string[]): Route {
  const route: Route = {
    template,
    path,
    calls: new Map(),
    operations: once(() => compileOperations(document, route)),
    segments: segments.map(segmentPattern),
    names,
  };
  return route;
}

/** The routes of a contract, most concrete first. */
export function routesOf(document: Obj, calls: Call[]): Route[] {
  const routes = new Map<string, Route>();
  for (const call of calls) {
    for (const base of serverPaths(serversOf(document, call.pathItem, call.operation))) {
      const template = `/${[...base, call.path.replace(/^\//, "")].join("/")}`;
      const segments = template.slice(1).split("/");
      const names = [...template.matchAll(HOLE)].map((hole) => hole[1] ?? "");
      const route = routes.get(template) ?? newRoute(document, template, call.path, segments, names);
      route.calls.set(call.method, [...(route.calls.get(call.method) ?? []), call]);
      routes.set(template, route);
    }
  }
  return [...routes.values()].sort((a, b) => concreteness(a).localeCompare(concreteness(b)));
}

/** @param segments the decoded path */
export function findRoute(routes: Route[], segments: string[]): Match | undefined {
  for (const route of routes) {
    if (route.segments.length !== segments.length) continue;
    const values: string[] = [];
    const fits = route.segments.every((pattern, index) => {
      const found = pattern.exec(segments[index] ?? "");
      if (found) values.push(...found.slice(1));
      return found !== null;
    });
    if (fits) return { route, params: Object.fromEntries(route.names.map((name, index) => [name, values[index] ?? ""])) };
  }
  return undefined;
}
