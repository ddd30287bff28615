/** A bundle as a typed client: `createClient(options)` and one function per call. Text in, text out. */
import { callsOf } from "./calls.ts";
import { acceptOf, functionOf } from "./client-calls.ts";
import { wayOf } from "./client-credentials.ts";
import { docComment, quote, union } from "./client-text.ts";
import { choicesOf, microversionsOf, pinnedHeaders, type Choice, type Microversions, type Sibling } from "./client-versions.ts";
import { arrayAt, objectAt, stringAt, type Obj } from "./document.ts";

/** A member of ClientOptions. */
const member = (words: string, name: string, type: string): string =>
  `  /** ${words.trim().replace(/\s+/g, " ").replaceAll("*/", "*\\/")} */\n  ${name}?: ${type};`;

/** Whether a default is only there because OpenAPI wants one (RFC 2606): nobody means it, and a password must not go there. */
const isExample = (variable: unknown): boolean => /(^|\.)example(\.\w+)?$/.test(stringAt(variable, "default") ?? "");

/** TypeScript members for the server's variables. */
function serverOptions(server: unknown): string[] {
  return Object.entries(objectAt(server, "variables")).map(([name, variable]) => {
    const choices = arrayAt(variable, "enum");
    const usual = isExample(variable) ? "" : ` Default: ${quote(stringAt(variable, "default"))}.`;
    return member(`${stringAt(variable, "description") ?? ""}${usual}`, name, choices.length > 0 ? union(choices.map(quote)) : "string");
  });
}

/** What has to be said for want of a default: where the server is, one way or the other. */
const neededOf = (server: unknown): string[] =>
  Object.entries(objectAt(server, "variables")).flatMap(([name, variable]) => (isExample(variable) ? [name] : []));

/** A version with a date ends, whatever its vendor calls it today: the editor strikes it through, and says until when. */
function ending(choice: Choice | undefined, choices: Choice[]): string[] {
  if (choice?.end === undefined && choice?.state !== "DEPRECATED") return [];
  const newest = choices.findLast(({ end, state }) => end === undefined && state !== "DEPRECATED");
  const instead = newest ? `use ${newest.version}` : "use a newer one";
  return [
    `@deprecated Version ${choice.version} is ${choice.state}, and promised until ${choice.end ?? "an unknown date"} only: ${instead}.`,
  ];
}

/** The signatures of createClient: one for each other version that can be chosen, then the general one. */
function signatures(contract: string, own: string, choices: Choice[]): string[] {
  const others = choices.filter(({ version }) => version !== own);
  const words = (version: string): string[] => {
    const choice = choices.find((one) => one.version === version);
    return [
      `A client of ${contract}${choice ? ` that speaks version ${version}` : ""}.`,
      "@param options where the server is, who asks, and how",
      ...ending(choice, choices),
    ];
  };
  if (others.length === 0) return [docComment(words(own))];
  return [
    ...others.map(
      ({ version }) =>
        `${docComment(words(version))}\nexport function createClient(options: ClientOptions & { version: ${quote(version)} }): Client;`,
    ),
    `${docComment(words(own))}\nexport function createClient(options?: ClientOptions): Client;`,
  ];
}

/** The one that is there most often. */
function mostOf(values: string[]): string {
  const times = (value: string): number => values.filter((other) => other === value).length;
  return values.reduce((most, value) => (times(value) > times(most) ? value : most), values[0] ?? "*/*");
}

/** Until when versions are promised, of those that have a date. */
function endsOf(info: Obj, choices: Choice[]): Record<string, string> {
  const own = { version: stringAt(info, "version") ?? "", end: stringAt(objectAt(info, "x-lifecycle"), "notBefore") };
  const dated = (choices.length > 0 ? choices : [own]).flatMap(({ version, end }) => (end === undefined ? [] : [[version, end]]));
  return Object.fromEntries(dated);
}

/** Members of ClientOptions for what a header chooses. */
function versionOptions(own: string, pinned: string[], choices: Choice[], microversions: Microversions | undefined): string[] {
  const asked = `The version that ${pinned.join(" and ")} asks for; the surface of these is the same. Default: ${quote(own)}.`;
  const versions = union(choices.map(({ version }) => quote(version)));
  const sent = `The microversion, sent as ${Object.keys(microversions?.headers ?? {}).join(" and ")}. Default: none is sent.`;
  return [
    ...(choices.length > 0 ? [member(asked, "version", versions)] : []),
    ...(microversions ? [member(sent, "microversion", union(microversions.numbers.map(quote)))] : []),
  ];
}

/**
 * @param document a bundle
 * @param contract its api and version
 * @param header lines put on top, as comments
 * @param siblings every version of the API with its bundle, this one too, in their order
 * @returns TypeScript source of the client
 */
export function generateClient(
  document: Obj,
  contract: { api: string; version: string },
  header: string,
  siblings: Sibling[] = [{ version: contract.version, document }],
): string {
  const server = arrayAt(document, "servers")[0];
  const own = stringAt(objectAt(document, "info"), "version") ?? "";
  const calls = callsOf(document);
  const [pinned, choices, microversions, way] = [
    pinnedHeaders(document),
    choicesOf(document, siblings),
    microversionsOf(document),
    wayOf(document),
  ];
  const needed = neededOf(server);
  const variables = Object.entries(objectAt(server, "variables"))
    .filter(([name]) => !needed.includes(name))
    .map(([name, variable]) => [name, stringAt(variable, "default") ?? ""]);
  const info = {
    api: contract.api,
    version: contract.version,
    server: stringAt(server, "url") ?? "",
    accept: mostOf(calls.flatMap((call) => acceptOf(call) ?? [])),
    variables: { ...Object.fromEntries(variables), ...(choices.length > 0 && { version: own }) },
    pinned: { ...pinned, ...microversions?.headers },
    proof: way?.proof ?? [],
    ends: endsOf(objectAt(document, "info"), choices),
  };
  const options = [...serverOptions(server), ...versionOptions(own, Object.keys(pinned), choices, microversions)];
  const functions = calls.map((call) => functionOf(document, call, Object.keys(pinned)));
  const used = ["Parameters", "BodyParameters", "ActionParameters"].filter((type) => functions.some((text) => text.includes(`= ${type}<`)));
  // openapi-fetch would ask for what the client sends by itself.
  const taken = Object.keys(pinned).length > 0 ? `Unpinned<paths, ${union(Object.keys(pinned).map(quote))}>` : "paths";
  const types = [
    "CallInit",
    "CommonOptions",
    "ContractClient",
    "ContractInfo",
    "Result",
    ...used,
    ...(taken === "paths" ? [] : ["Unpinned"]),
  ]
    .toSorted()
    .map((type) => `type ${type}`);
  const imported = ["components", "paths"].filter((name) => name === "paths" || functions.some((text) => text.includes(`${name}[`)));
  const given = way ? [way.gives, way.options].filter((type) => type !== undefined) : [];
  const kinds = [taken, ...(way?.gives ? [way.gives] : [])].join(", ");
  return `${header}
import { createContractClient, send, ${types.join(", ")} } from "../../../runtime/client.ts";
${way ? `import { ${way.make}, ${given.map((type) => `type ${type}`).join(", ")} } from "../../../runtime/${way.module}.ts";\n` : ""}import type { ${imported.join(", ")} } from "./types.ts";

export type { components, operations, paths } from "./types.ts";

/** Where the vendor serves this contract, and what pins its version. */
export const contract = ${JSON.stringify(info, null, 2)} as const satisfies ContractInfo;

export type Client = ContractClient<${kinds}>;

export type ClientOptions = CommonOptions &${way ? ` ${way.options} &` : ""} {
${options.join("\n")}
}${needed.map((name) => ` & ({ ${name}: string } | { baseUrl: string })`).join("")};

${signatures(`${contract.api}@${contract.version}`, own, choices).join("\n")}
export function createClient(options: ClientOptions${needed.length > 0 ? "" : " = {}"}): Client {
  return createContractClient<${kinds}>(contract, options${way ? `, ${way.call}` : ""});
}

${functions.join("\n\n")}
`;
}
