/** Which requests a door that sees all of a page's (or a test's) traffic takes, and where they lead. */
import { isControl } from "./control-path.ts";
import type { Contract } from "./types.ts";
import { createVendors, type ServerVariables } from "./vendors.ts";

export interface PlaceOptions {
  /** Everything at and below this address is the mock's: `/<api>` and the server's path, or one API alone, and `/_latch/`. */
  base?: URL | undefined;
  /** Whether the vendors' own hosts are answered for; or what variables of their names stand for, the others being anything. */
  vendors: boolean | ServerVariables;
}

/** The path and query below a base, or nothing. */
function below(url: URL, base: URL): string | undefined {
  const root = base.pathname.replace(/\/$/, "");
  if (url.protocol !== base.protocol || url.host !== base.host || !(url.pathname === root || url.pathname.startsWith(`${root}/`)))
    return undefined;
  return (url.pathname.slice(root.length) || "/") + url.search;
}

/**
 * @param contracts what an engine over all of them serves, each under `/<api>`
 * @returns the path and query that the engine knows a URL by; nothing for what goes to the network
 */
export function createPlacement(contracts: Contract[], { base, vendors }: PlaceOptions): (url: URL) => string | undefined {
  const apis = [...new Set(contracts.map(({ api }) => api))];
  const prefix = apis.length === 1 ? `/${apis[0]}` : "";
  const vendorOf = vendors === false ? () => undefined : createVendors(contracts, vendors === true ? {} : vendors);
  return (url) => {
    const path = base && below(url, base);
    if (path !== undefined) return isControl(path) ? path : prefix + path;
    const api = vendorOf(url);
    return api === undefined ? undefined : `/${api}${url.pathname}${url.search}`;
  };
}
