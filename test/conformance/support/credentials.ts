/** Well-formed credentials for any contract. What they are worth nobody looks at. */
import { arrayAt, isObject, objectAt, resolveObject, stringAt, type Obj } from "../../../scripts/document.ts";

/** What a header that carries a credential looks like in real life, by its name in lower case. No value is real. */
const SAMPLES: Record<string, string> = {
  "x-auth-token": "MIIEXAMPLE-TOKEN-0001",
  authorization: `SDK-HMAC-SHA256 Access=EXAMPLEACCESSKEY0001, SignedHeaders=host;x-sdk-date, Signature=${"0123456789abcdef".repeat(4)}`,
  "x-sdk-date": "20250919T081530Z",
  "scp-accesskey": "2sd2gg=2agbdSD26svcD",
  "scp-signature": "CtWjfUOucADSgMHFyM8bE7VApd9kMncClpL02I4q1jM=",
  "scp-timestamp": "1605290625682",
  "scp-clienttype": "Openapi",
};

function credential(scheme: Obj): [header: string, value: string] {
  if (scheme["type"] === "apiKey" && scheme["in"] === "header") {
    const name = stringAt(scheme, "name") ?? "";
    return [name, SAMPLES[name.toLowerCase()] ?? "EXAMPLE-CREDENTIAL-0001"];
  }
  if (stringAt(scheme, "scheme")?.toLowerCase() === "basic") return ["Authorization", `Basic ${btoa("admin:EXAMPLE-PASSWORD")}`];
  if (scheme["type"] === "http") return ["Authorization", "Bearer EXAMPLE-TOKEN-0001"];
  throw new Error(`No test knows how to send a credential of type ${String(scheme["type"])}: teach support/credentials.ts.`);
}

/**
 * Headers for each alternative of an operation's security, in the order of the contract; one empty set where nothing is asked.
 * @param document the bundle
 * @param operation whose own `security` replaces the document's
 */
export function credentialsOf(document: Obj, operation: Obj): Record<string, string>[] {
  const schemes = objectAt(objectAt(document, "components"), "securitySchemes");
  const alternatives = Array.isArray(operation["security"]) ? operation["security"] : arrayAt(document, "security");
  if (alternatives.length === 0) return [{}];
  return alternatives
    .filter(isObject)
    .map((names) => Object.fromEntries(Object.keys(names).map((name) => credential(resolveObject(document, schemes[name])))));
}
