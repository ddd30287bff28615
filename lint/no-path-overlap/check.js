/** OpenAPI says the concrete URL wins, and many routers do not. Redocly reports the pairs where neither is more concrete. */
/** @import { Check } from "../_shared/types.ts" */
import { METHODS, nodes } from "../_shared/nodes.js";

/** @type {Check} */
export default function* check(document) {
  const items = nodes(document, "PathItem").filter(({ path }) => path[0] === "paths");
  for (const concrete of items) {
    for (const templated of items) {
      const url = String(concrete.path[1]);
      const pattern = String(templated.path[1]);
      const methods = METHODS.filter((method) => method in concrete.value && method in templated.value);
      if (methods.length === 0 || !isNarrower(url, pattern)) continue;
      yield {
        message: `${methods.join(" and ")} ${url} is matched by ${pattern} too: rename one, or close its parameter with an enum and override the rule.`,
        path: concrete.path,
      };
    }
  }
}

/**
 * @param {string} url
 * @param {string} pattern
 * @returns {boolean} whether every segment of `url` fits `pattern`, and one that is a parameter there is a literal here
 */
function isNarrower(url, pattern) {
  const [ours, theirs] = [url.split("/"), pattern.split("/")];
  const isParameter = (/** @type {string | undefined} */ segment) => segment !== undefined && segment.includes("{");
  const fits = ours.every((segment, i) => segment === theirs[i] || isParameter(theirs[i]));
  return fits && ours.length === theirs.length && ours.some((segment, i) => !isParameter(segment) && isParameter(theirs[i]));
}
