/** A bundle as a typed client: `createClient(options)` and one function per call. Text in, text out. */
import { callsOf, type Call } from "./calls.ts";
import { METHODS, arrayAt, isObject, objectAt, resolveObject, stringAt, type Obj } from "./document.ts";

const quote = (value: unknown): string => JSON.stringify(value);
/** An object literal as a person would write it. */
const literal = (value: Record<string, unknown>): string =>
  `{ ${Object.entries(value)
    .map(([key, item]) => `${key}: ${quote(item)}`)
    .join(", ")} }`;
const union = (members: string[]): string => (members.length === 0 ? "never" : members.join(" | "));
const pascal = (id: string): string => id.charAt(0).toUpperCase() + id.slice(1);

/** Path of a server URL with its variables filled in, e.g. `/rest/v1.1`. */
function serverPath(server: unknown): string {
  const variables = objectAt(server, "variables");
  const url = (stringAt(server, "url") ?? "").replaceAll(/\{(\w+)\}/g, (_, name: string) => stringAt(variables[name], "default") ?? "");
  return url.replace(/^https?:\/\/[^/]*/, "").replace(/\/+$/, "");
}

/** Constant header parameters: the client sends them by itself. */
function pinnedHeaders(document: Obj): Record<string, string> {
  const pinned: Record<string, string> = {};
  for (const item of Object.values(objectAt(document, "paths"))) {
    const lists = [item, ...METHODS.map((method) => objectAt(item, method))];
    for (const parameter of lists.flatMap((holder) => arrayAt(holder, "parameters"))) {
      const own = resolveObject(document, parameter);
      const value = stringAt(objectAt(own, "schema"), "const");
      if (own["x-pin"] !== undefined && value !== undefined) pinned[stringAt(own, "name") ?? ""] = value;
    }
  }
  return pinned;
}

/** TypeScript members for the server's variables. */
function serverOptions(server: unknown): string[] {
  return Object.entries(objectAt(server, "variables")).map(([name, variable]) => {
    const choices = arrayAt(variable, "enum");
    const type = choices.length > 0 ? union(choices.map(quote)) : "string";
    const description = stringAt(variable, "description") ?? "";
    return `  /** ${description.trim().replace(/\s+/g, " ")} Default: ${quote(stringAt(variable, "default"))}. */\n  ${name}?: ${type};`;
  });
}

/** Words of a contract as the lines of a JSDoc comment. */
function comment(call: Call): string {
  const words = `${call.summary}.\n\n${call.description}`.trim().split("\n");
  const method = `\`${call.method.toUpperCase()} ${call.path}\`${call.action ? ` with \`${call.action}\`` : ""}`;
  const lines = [...words, "", method];
  if (call.deprecated)
    lines.push(`@deprecated The vendor promises this version until ${call.sunset ?? "an unknown date"} only; use a newer one.`);
  return ["/**", ...lines.map((line) => ` * ${line.replaceAll("*/", "*\\/")}`.trimEnd()), " */"].join("\n");
}

const mediaTypes = (call: Call, wanted: (status: string) => boolean): string[] => [
  ...new Set(Object.entries(call.answers).flatMap(([status, { mediaType }]) => (mediaType && wanted(status) ? [mediaType] : []))),
];

function specOf(call: Call, own: [string, string] | undefined): string {
  const accept = mediaTypes(call, (status) => status.startsWith("2"))[0] ?? mediaTypes(call, () => true)[0];
  const spec = {
    method: call.method,
    path: call.path,
    ...(call.action !== undefined && { action: call.action }),
    ...(accept !== undefined && { accept }),
    ...(call.requestMediaTypes[0] !== undefined && { contentType: call.requestMediaTypes[0] }),
    ...(own && { server: own }),
  };
  return literal(spec);
}

/** Whether everything the call takes may be left out; the compiler proves it on the generated default. */
function asksForNothing(document: Obj, call: Call, pinned: string[]): boolean {
  const given = [call.pathItem, call.operation].flatMap((holder) =>
    arrayAt(holder, "parameters").map((parameter) => resolveObject(document, parameter)),
  );
  const required = given.filter((parameter) => parameter["required"] === true && !pinned.includes(stringAt(parameter, "name") ?? ""));
  const body = resolveObject(document, call.operation["requestBody"]);
  return call.action === undefined && required.length === 0 && body["required"] !== true;
}

function functionOf(document: Obj, call: Call, pinned: string[], own: [string, string] | undefined): string {
  const operation = `paths[${quote(call.path)}][${quote(call.method)}]`;
  const pins = pinned.length > 0 ? `, ${union(pinned.map(quote))}` : "";
  const parameters = call.action
    ? `ActionParameters<${operation}, { ${quote(call.action)}: components["schemas"][${quote(call.action)}] }${pins}>`
    : call.requestMediaTypes.length > 0
      ? `BodyParameters<${operation}${pins}>`
      : `Parameters<${operation}${pins}>`;
  const success = call.statuses.filter((status) => status.startsWith("2"));
  const full = success.filter((status) => call.answers[status]?.mediaType);
  const bare = success.filter((status) => !full.includes(status));
  const failed = call.statuses.filter((status) => !status.startsWith("2"));
  const name = pascal(call.id);
  const preset = asksForNothing(document, call, pinned) ? " = {}" : "";
  return [
    `export type ${name}Parameters = ${parameters};`,
    `export type ${name}Result = Result<${operation}, ${union(full)}, ${union(bare)}, ${union(failed)}>;`,
    comment(call),
    `export function ${call.id}(client: Client, parameters: ${name}Parameters${preset}, init?: CallInit): Promise<${name}Result> {`,
    `  return send(client, ${specOf(call, own)}, parameters, init);`,
    `}`,
  ].join("\n");
}

/**
 * @param document a bundle
 * @param contract its api and version
 * @param header lines put on top, as comments
 * @returns TypeScript source of the client
 */
export function generateClient(document: Obj, contract: { api: string; version: string }, header: string): string {
  const server = arrayAt(document, "servers")[0];
  const pinned = pinnedHeaders(document);
  const variables = Object.fromEntries(
    Object.entries(objectAt(server, "variables")).map(([name, variable]) => [name, stringAt(variable, "default") ?? ""]),
  );
  const info = { api: contract.api, version: contract.version, server: stringAt(server, "url") ?? "", variables, pinned };
  const calls = callsOf(document).map((call) => {
    const own = arrayAt(call.pathItem, "servers")[0];
    return functionOf(document, call, Object.keys(pinned), isObject(own) ? [serverPath(server), serverPath(own)] : undefined);
  });
  const used = ["Parameters", "BodyParameters", "ActionParameters"].filter((type) => calls.some((text) => text.includes(`= ${type}<`)));
  const types = ["CallInit", "CommonOptions", "ContractClient", "ContractInfo", "Result", ...used].toSorted().map((type) => `type ${type}`);
  return `${header}
import { createContractClient, send, ${types.join(", ")} } from "../../../runtime/client.ts";
import type { components, paths } from "./types.ts";

export type { components, operations, paths } from "./types.ts";

/** Where the vendor serves this contract, and what pins its version. */
export const contract = ${JSON.stringify(info, null, 2)} as const satisfies ContractInfo;

export type Client = ContractClient<paths>;

export type ClientOptions = CommonOptions & {
${serverOptions(server).join("\n")}
};

/**
 * A client of ${contract.api}@${contract.version}.
 * @param options where the server is and what to send with every request
 */
export function createClient(options: ClientOptions = {}): Client {
  return createContractClient<paths>(contract, options);
}

${calls.join("\n\n")}
`;
}
