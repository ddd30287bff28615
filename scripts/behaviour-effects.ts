/** The effects of a table. */
import type { Effect, OutcomeSpec, TimerSpec } from "../mock/state/types.ts";
import { durationAt, type Part } from "./behaviour-part.ts";
import { compileSet, compileWhen } from "./behaviour-tests.ts";
import { checkReference, plainName, checkValue, type Place, type Words } from "./behaviour-words.ts";

/** `at: $caller.expires` */
function instantAt(part: Part, words: Words, place: Place): string {
  const text = part.text();
  if (!text.startsWith("$")) return part.fail(`${text} is not an instant`, "name one: $caller.expires or $new.expires");
  const { kind, name } = checkReference(part, text.slice(1), words, place);
  return kind === "field" || name === "expires"
    ? text
    : part.fail(`${text} is not an instant`, "name one: $caller.expires or $new.expires");
}

function compileTimer(part: Part, words: Words, place: Place): TimerSpec {
  part.members(["after", "at", "when", "set"]);
  const [after, at, when] = [part.at("after"), part.at("at"), part.at("when")];
  if (Boolean(after) === Boolean(at)) part.fail(`The timer ${part.name} needs after or at`, "write one of them");
  if (after) durationAt(after);
  return {
    ...(after && { after: after.text() }),
    ...(at && { at: instantAt(at, words, place) }),
    ...(when && { when: compileWhen(when, words, place) }),
    set: compileSet(part.need("set"), words, place),
  };
}

function compileOutcome(part: Part, words: Words, place: Place): OutcomeSpec {
  part.members(["when", "fail", "set"]);
  const [when, fail, set] = [part.at("when"), part.at("fail"), part.at("set")];
  fail?.members(["code", "reason"]);
  return {
    ...(when && { when: compileWhen(when, words, place) }),
    ...(fail && { fail: { code: fail.need("code").text(), reason: fail.need("reason").text() } }),
    ...(set && { set: compileSet(set, words, place) }),
  };
}

function compileJob(part: Part, words: Words, place: Place): NonNullable<Effect["job"]> {
  part.members(["type", "begins", "takes", "outcomes"]);
  const [type, begins, takes] = [part.need("type"), part.at("begins"), part.need("takes")];
  if (durationAt(takes) < (begins ? durationAt(begins) : 0))
    takes.fail("The job is over before it begins", "count takes from now, as begins is");
  const items = part.at("outcomes")?.items() ?? [];
  const outcomes = items.map((item, index) => {
    const outcome = compileOutcome(item, words, place);
    if (!outcome.when && index < items.length - 1)
      item.fail("This outcome always holds, and others follow", "add a when, or move it to the end");
    return outcome;
  });
  checkValue(type, words, place);
  return { type: type.text(), ...(begins && { begins: begins.text() }), takes: takes.text(), outcomes };
}

/** Tokens are kept with the resource, and whoever shows one has not named a resource yet. */
function checkIssue(part: Part, words: Words): true {
  if (!words.lifetime) part.fail("A token that is issued needs a lifetime", "say below caller how long it lives");
  return part.flag();
}

/** `metadata: $body./rebuild/metadata` */
function compileGiven(part: Part, words: Words, place: Place): NonNullable<Effect["given"]> {
  compileSet(part, words, place);
  return Object.fromEntries(
    part.members().map((member): [string, string] => {
      if (!member.text().startsWith("$body./")) member.fail(`${member.text()} is no member of the body`, "write $body./ and its pointer");
      return [member.name, member.text()];
    }),
  );
}

/** What a row changes. */
export function compileEffect(part: Part, words: Words, place: Place): Effect {
  part.members(["set", "given", "timers", "cancel", "delete", "issue", "job", "item"]);
  const [set, timers, cancel, item] = [part.at("set"), part.at("timers"), part.at("cancel"), part.at("item")];
  const [given, gone, issue, job] = [part.at("given"), part.at("delete"), part.at("issue"), part.at("job")];
  if (item && !words.collection) item.fail("There is no collection", "say below collection what is kept in lists");
  const compiled = timers?.members().map((timer) => [plainName(timer), compileTimer(timer, words, place)]);
  return {
    ...(set && { set: compileSet(set, words, place) }),
    ...(given && { given: compileGiven(given, words, place) }),
    ...(compiled && { timers: Object.fromEntries(compiled) }),
    ...(cancel && { cancel: cancel.items().map((name) => name.text()) }),
    ...(gone && { delete: gone.flag() }),
    ...(issue && { issue: checkIssue(issue, words) }),
    ...(job && { job: compileJob(job, words, place) }),
    ...(item && { item: item.oneOf(["put", "merge", "remove"]) }),
  };
}
