/** @import { Check } from "../_shared/types.ts" */
import { exampleValues, textsIn } from "../_shared/examples.js";

const URLS = /\b[a-z][a-z0-9+.-]*:\/\/(?:[^\s/@"'<>]*@)?(\[[^\]]*\]|[^\s/:?#"'<>]+)/gi;
/** RFC 2606 and 6761 reserve the names, RFC 5737 and 3849 the addresses. */
const NOBODY =
  /^((.+\.)?(example\.(com|net|org)|example|invalid|test|localhost)|127\.0\.0\.1|\[::1\]|192\.0\.2\.\d+|198\.51\.100\.\d+|203\.0\.113\.\d+|\[2001:db8:.*\])$/i;
/** The name of an XML vocabulary looks like an address and is none. */
const NAMESPACES = /\b(xmlns(:\w+)?|(\w+:)?schemaLocation)\s*=\s*("[^"]*"|'[^']*')/g;

/** @type {Check<{ vendors: string[] }>} */
export default function* check(document, { vendors }) {
  for (const example of exampleValues(document)) {
    for (const { value, path } of textsIn(example)) {
      const text = value.replace(NAMESPACES, "");
      const vendor = vendors.find((name) => text.toLowerCase().includes(name));
      const stranger = [...text.matchAll(URLS)].map(([, host]) => String(host)).find((host) => !NOBODY.test(host));
      const host = vendor ?? stranger;
      if (host) yield { message: `The example names ${host}, which exists: write a host under example.com.`, path };
    }
  }
}
