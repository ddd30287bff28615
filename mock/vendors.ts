/** The vendors' own hosts, as `servers[].url` of the contracts has them: which API an address is for. */
import { callsOf } from "../scripts/calls.ts";
import { arrayAt, isObject, objectAt, stringAt } from "../scripts/document.ts";
import { once } from "./once.ts";
import { findRoute, routesOf, type Route } from "./routes.ts";
import { serverPaths } from "./servers.ts";
import { parseTarget } from "./target.ts";
import { escapeRegExp } from "./text.ts";
import type { Contract } from "./types.ts";

/** Variables of `servers[].url` that stand for one text only: `{ host: "ecb.lab.example" }`. */
export type ServerVariables = Record<string, string>;

interface Host {
  pattern: RegExp;
  /** Nothing of the name is fixed: any host may be it. */
  open: boolean;
}

interface Candidate {
  api: string;
  hosts: Host[];
  /** Below these everything is the contract's, at any host. */
  bases: string[][];
  routes: () => Route[];
}

/** @param url of a Server Object; a relative one names no host */
function hostOf(url: string, variables: ServerVariables): Host | undefined {
  const [, scheme, authority] = /^(https?):\/\/([^/]+)/i.exec(url) ?? [];
  if (scheme === undefined || authority === undefined) return undefined;
  const parts = authority.split(/\{([^{}]+)\}/).map((part, index) => (index % 2 === 0 ? part : (variables[part] ?? null)));
  const open = parts.every((part) => part === null || part === "");
  // Among fixed labels a variable is one label; alone it is a name or an address of any form.
  const hole = open ? "[^/]+" : "[^./:@]+";
  const name = parts.map((part) => (part === null ? hole : escapeRegExp(part))).join("");
  // Plain HTTP to a vendor is kept from the network as well; where any host is meant, it is left alone.
  return { pattern: new RegExp(`^${open ? scheme : "https?"}://${name}(:\\d+)?$`, "i"), open };
}

function candidateOf(contract: Contract, variables: ServerVariables): Candidate {
  const { api, document } = contract;
  const nodes = Object.values(objectAt(document, "paths")).flatMap((item) => [item, ...(isObject(item) ? Object.values(item) : [])]);
  const urls = [document, ...nodes].flatMap((node) => arrayAt(node, "servers").map((server) => stringAt(server, "url") ?? "/"));
  return {
    api,
    hosts: [...new Set(urls)].flatMap((url) => hostOf(url, variables) ?? []),
    bases: serverPaths(arrayAt(document, "servers")).filter((base) => base.length > 0),
    routes: once(() => routesOf(document, callsOf(document))),
  };
}

/**
 * @param contracts those that are mocked; two APIs may share a host and are then told apart by their paths
 * @param variables what some variables stand for; the others stand for anything
 * @returns which API an address belongs to. All of a host with a fixed part belongs to its service, so that nothing for it gets out by
 *   mistake; of hosts that can be anything, what stands below a server's path, and the documented paths
 */
export function createVendors(contracts: Contract[], variables: ServerVariables = {}): (url: URL) => string | undefined {
  const candidates = once(() => contracts.map((contract) => candidateOf(contract, variables)));
  return ({ protocol, host, pathname }) => {
    // Not `origin`: that of a blob is its page's.
    const origin = `${protocol}//${host}`;
    const near = candidates().filter(({ hosts }) => hosts.some(({ pattern }) => pattern.test(origin)));
    const owners = near.filter(({ hosts }) => hosts.some(({ pattern, open }) => !open && pattern.test(origin)));
    if (near.length === 0) return undefined;
    const { segments } = parseTarget(pathname);
    const found =
      near.find(({ routes }) => findRoute(routes(), segments)) ??
      near.find(({ bases }) => bases.some((base) => base.every((step, index) => step === segments[index])));
    return (found ?? owners[0])?.api;
  };
}
