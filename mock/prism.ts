/**
 * Prism (`@stoplight/prism-http`) as the library behind a contract: it validates parameters and bodies, and renders answers. Routing,
 * credentials, media types and the choice of the answer are ours (TOOLCHAIN lists why). Imported at the first request: it takes longer
 * to load than everything else together.
 */
import type { IHttpConfig, IHttpOperationConfig } from "@stoplight/prism-http";
import type { Obj } from "../scripts/document.ts";
import { once } from "./once.ts";
import { inputOf, violationOf } from "./prism-terms.ts";
import { cleanHeader } from "./text.ts";
import type { Backend, OperationKey } from "./types.ts";

const loadPrism = once(async () => {
  const [http, core] = await Promise.all([import("@stoplight/prism-http"), import("@stoplight/prism-core")]);
  return { http, logger: core.createLogger("prism", { level: "silent" }) };
});

/** A fresh `mock` object each time: Prism writes the request's Accept header into it. */
const config = (validateRequest: boolean, mock: IHttpOperationConfig): IHttpConfig => ({
  checkSecurity: false,
  validateRequest,
  validateResponse: false,
  errors: false,
  upstreamProxy: undefined,
  isProxy: false,
  mock,
});

const keyOf = (operation: { method: string; path: string }): string => `${operation.method.toLowerCase()} ${operation.path}`;

/** What the validators say of a request is wanted, and nothing rendered: this stands in for Prism's mocker. */
const NOTHING = { _tag: "Right", right: { statusCode: 200 } } as const;

/** The operations of a contract as Prism takes them apart, and its two halves: one looks, one renders. */
async function prepare(document: Obj) {
  const { http, logger } = await loadPrism();
  // Prism resolves references in place.
  const operations = await http.getHttpOperationsFromSpec(structuredClone(document));
  const byKey = new Map(operations.map((operation) => [keyOf(operation), operation]));
  const find = (key: OperationKey): (typeof operations)[number] => {
    const operation = byKey.get(keyOf(key));
    if (!operation) throw new Error(`Prism does not know ${keyOf(key)}.`);
    return operation;
  };
  const checker = http.createInstance(config(true, { dynamic: false }), { logger, mock: () => () => NOTHING });
  const renderer = http.createInstance(config(false, { dynamic: false }), { logger });
  return { find, checker, renderer };
}

/** A contract behind Prism; it is taken apart when the first request for it comes. */
export function createPrism(document: Obj): Backend {
  const prepared = once(() => prepare(document));

  return {
    async check(key, request) {
      const { find, checker } = await prepared();
      const operation = find(key);
      const result = await checker.request(inputOf(key, request), [operation], config(true, { dynamic: false }))();
      if (result._tag === "Left") throw result.left;
      const { query = [], headers = [], path = [] } = operation.request ?? {};
      const names = [...query, ...headers, ...path].map(({ name }) => name);
      // 0 is an error; a deprecated parameter is a warning, and no reason to refuse.
      return result.right.validations.input.filter(({ severity }) => severity === 0).map((found) => violationOf(found, names));
    },

    async render(key, { status, mediaType, example, dynamic = false }) {
      const { find, renderer } = await prepared();
      const mock: IHttpOperationConfig = {
        code: Number(status),
        dynamic,
        // A forced code falls back to the success answer when the media type does not fit, so it is forced with it.
        ...(mediaType !== undefined && { mediaTypes: [mediaType] }),
        ...(example !== undefined && { exampleKey: example }),
      };
      const result = await renderer.request({ method: key.method, url: { path: key.path } }, [find(key)], config(false, mock))();
      if (result._tag === "Left") throw result.left;
      const { statusCode, headers = {}, body } = result.right.output;
      if (statusCode !== Number(status)) throw new Error(`Prism answered ${statusCode} for ${keyOf(key)} where ${status} was asked.`);
      // The media type is the caller's matter, and Prism's `deprecation: true` is a draft that RFC 9745 replaced.
      const documented = Object.entries(headers).filter(([name, value]) => !/^(content-type|deprecation)$/i.test(name) && value !== null);
      return { headers: Object.fromEntries(documented.map(([name, value]) => [name.toLowerCase(), cleanHeader(String(value))])), body };
    },
  };
}
