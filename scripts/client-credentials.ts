/** Which module of runtime/ proves who sends a request: a generated client imports its own vendor's, and no other. */
import { objectAt, stringAt, type Obj } from "./document.ts";

export interface Way {
  /** Module of runtime/. */
  module: string;
  /** Type of its options. */
  options: string;
  make: string;
  /** What `make` gives, where that is more than Credentials. */
  gives?: string;
  /** What `make` is called with, in terms of createClient. */
  call: string;
  /** Headers that carry the proof, in lower case. */
  proof: string[];
}

/** Keys of security schemes → way. */
const WAYS: [schemes: string[], way: Omit<Way, "proof">][] = [
  [["scpSignature"], { module: "scp", options: "ScpOptions", make: "scpCredentials", call: "() => scpCredentials(options, options.now)" }],
  [
    ["authToken", "akSkSignature"],
    {
      module: "huawei",
      options: "HuaweiOptions",
      make: "huaweiCredentials",
      call: "() => huaweiCredentials({ ...options, region: options.region ?? contract.variables.region }, options.now)",
    },
  ],
  [
    ["accessToken", "userPassword"],
    {
      module: "ecb",
      options: "EcbOptions",
      make: "ecbToken",
      gives: "EcbCredentials",
      call: "(baseUrl) => ecbToken(options, baseUrl, options.now)",
    },
  ],
];

/** @returns undefined where the contract has no security scheme that runtime/ knows: its client takes headers only */
export function wayOf(document: Obj): Way | undefined {
  const schemes = objectAt(objectAt(document, "components"), "securitySchemes");
  const found = WAYS.find(([keys]) => keys.some((key) => key in schemes));
  if (!found) return undefined;
  const [keys, way] = found;
  const carrying = keys.flatMap((key) => {
    const scheme = objectAt(schemes, key);
    return key in schemes ? [stringAt(scheme, "type") === "http" ? "authorization" : (stringAt(scheme, "name") ?? "").toLowerCase()] : [];
  });
  return { ...way, proof: [...new Set(carrying)] };
}
