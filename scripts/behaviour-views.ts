/** Views: how an example is filled with what is remembered. */
import { memberAt, stepsOf } from "../mock/state/references.ts";
import type { Value, View } from "../mock/state/types.ts";
import { compareVersions } from "../mock/state/versions.ts";
import type { Part } from "./behaviour-part.ts";
import { checkReference, checkValue, type Place, type Words } from "./behaviour-words.ts";

/** The body that is filled: where a pointer into it leads nowhere, nothing would happen, and nobody would see it. */
export interface Body {
  mediaType: string;
  /** The value of the example. */
  value: unknown;
}

/** Whether a place is there, or its parent, so that it can be added. */
function isPlace({ mediaType, value }: Body, pointer: string): boolean {
  if (!isJson(mediaType)) return typeof value === "string" && value.includes(`<${pointer.slice(2)}`);
  const parent = memberAt(value, stepsOf(pointer).slice(0, -1));
  return pointer === "" || (typeof parent === "object" && parent !== null);
}

const isJson = (mediaType: string): boolean => /json/i.test(mediaType);

/** Pointers of the views that a contract takes, by the place in the table, and whether any example has the place. */
export type Places = Map<string, { part: Part; found: boolean }>;

/** JSON pointers of a JSON body, `//name` of an XML one, to values. */
function compileBody(part: Part, words: Words, place: Place, body: Body, check: (member: Part, found: boolean) => void) {
  return Object.fromEntries(
    part.members().map((member): [string, Value] => {
      const form = isJson(body.mediaType) ? /^(\/(?!\/)|$)/ : /^\/\/[A-Za-z_][\w.-]*$/;
      if (!form.test(member.name))
        member.fail(`${member.name} is no place in ${body.mediaType}`, "write a JSON pointer like /server/locked, or //element in XML");
      check(member, isPlace(body, member.name));
      return [member.name, checkValue(member, words, place)];
    }),
  );
}

/** The `set` of one answer: its example must have the places. */
export const compileOwnSet = (part: Part, words: Words, place: Place, body: Body): NonNullable<View["set"]> =>
  compileBody(part, words, place, body, (member, found) => {
    if (!found) member.fail(`The example has no place ${member.name}`, "name one that it has");
  });

function compileSince(part: Part, words: Words, place: Place): NonNullable<View["since"]> {
  return Object.fromEntries(
    part.members().map((reference) => {
      if (!reference.name.startsWith("$")) reference.fail(`${reference.name} is not a reference to a version`, `write $${reference.name}`);
      checkReference(reference, reference.name.slice(1), words, place);
      const versions = reference.members().map((version): [string, string[]] => {
        if (version.hasNumericKey) version.fail(`YAML reads ${version.name} as a number`, `write "${version.name}"`);
        if (compareVersions(version.name, version.name) === undefined)
          version.fail(`${version.name} is not a version`, "write numbers with dots between them");
        const pointers = version
          .items()
          .map((pointer) =>
            pointer.text().startsWith("/") ? pointer.text() : pointer.fail(`${pointer.text()} is not a JSON pointer`, "begin it with /"),
          );
        return [version.name, pointers];
      });
      return [reference.name, Object.fromEntries(versions)];
    }),
  );
}

/** The views of a table, by name. */
export type Views = ReadonlyMap<string, Part>;

/**
 * @param named the name of a view, or a view
 * @param places gets the places of the view: one that no example of the contract has is a slip
 */
export function compileView(named: Part, views: Views, words: Words, place: Place, body: Body, places: Places): View {
  const part = typeof named.value === "string" ? views.get(named.value) : named;
  if (!part) return named.fail(`There is no view ${String(named.value)}`, `choose from ${[...views.keys()].join(", ") || "none"}`);
  part.members(["set", "since", "items", "versions"]);
  const [set, since, items, versions] = [part.at("set"), part.at("since"), part.at("items"), part.at("versions")];
  if (versions && !Array.isArray(memberAt(body.value, stepsOf(versions.text()))))
    versions.fail(`The example has no list at ${versions.text()}`, "point to the one with the versions");
  if (items && !words.collection) items.fail("There is no collection", "say below collection what is kept in lists");
  const check = (member: Part, found: boolean): void =>
    void places.set(member.title, { part: member, found: found || (places.get(member.title)?.found ?? false) });
  return {
    ...(set && { set: compileBody(set, words, place, body, check) }),
    ...(since && { since: compileSince(since, words, place) }),
    ...(items && { items: items.oneOf(["matching", "own"]) }),
    ...(versions && { versions: versions.text() }),
  };
}

/** @throws LatchError for a place of a view that no example of the contract has */
export function refuseMissing(places: Places): void {
  for (const { part, found } of places.values())
    if (!found) part.fail(`No example that the view fills has a place ${part.name}`, "name one that they have");
}
