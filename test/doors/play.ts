/** Plays a transition through a door. */
import { expect, test } from "vitest";
import { isObject } from "../../scripts/document.ts";
import { TRANSITIONS, type Step, type Transition } from "./transitions.ts";

export interface Sent {
  method: string;
  /** Below the base of the door. */
  path: string;
  headers: Record<string, string>;
  body?: string;
}

export interface Got {
  status: number;
  /** Names in lower case. */
  headers: Record<string, string>;
  text: string;
}

/** One request through a door; `dropped` where the connection broke. */
export type Send = (request: Sent) => Promise<Got | "dropped">;

/** A `fetch` as a door. @param base without a slash at its end */
export const overFetch =
  (base: string, ask: (request: Request) => Promise<Response>): Send =>
  async ({ path, ...init }) => {
    let response: Response;
    try {
      response = await ask(new Request(base + path, init));
    } catch (error) {
      if (error instanceof TypeError) return "dropped";
      throw error;
    }
    return { status: response.status, headers: Object.fromEntries(response.headers), text: await response.text() };
  };

function valueAt(text: string, pointer: string): unknown {
  let value: unknown = JSON.parse(text);
  for (const step of pointer.split("/").slice(1)) {
    if (Array.isArray(value)) value = value[Number(step)];
    else value = isObject(value) ? value[step] : undefined;
  }
  return value;
}

/** A member by its JSON pointer, or the text of an XML element by its name. */
const readFrom = (text: string, place: string): string =>
  place.startsWith("/") ? String(valueAt(text, place)) : (new RegExp(`<${place}>([^<]+)<`).exec(text)?.[1] ?? "");

const fill = (text: string, kept: Record<string, string>): string => text.replace(/\{(\w+)\}/g, (hole, name: string) => kept[name] ?? hole);

function request(step: Step, world: string, kept: Record<string, string>): Sent {
  const [method = "", path = ""] = step.ask.split(" ");
  const headers = Object.entries(step.headers ?? {}).map(([name, value]) => [name, fill(value, kept)]);
  return {
    method,
    path: fill(path, kept),
    headers: {
      ...Object.fromEntries(headers),
      ...(step.body !== undefined && { "Content-Type": "application/json" }),
      "X-Latch-World": step.beside === undefined ? world : `${world}-${step.beside}`,
    },
    ...(step.body !== undefined && { body: JSON.stringify(step.body) }),
  };
}

function compare(step: Step, got: Got | "dropped", where: string): void {
  expect(got === "dropped" ? got : got.status, `${where}: ${got === "dropped" ? "" : got.text}`).toBe(step.status);
  if (got === "dropped") return;
  for (const [pointer, value] of Object.entries(step.json ?? {})) expect(valueAt(got.text, pointer), `${where} ${pointer}`).toEqual(value);
  if (step.text !== undefined) expect(got.text, where).toContain(step.text);
  for (const [name, value] of Object.entries(step.sent ?? {})) expect(got.headers[name] ?? null, `${where} ${name}`).toBe(value);
}

/**
 * @param world of its own, so that transitions do not meet
 * @param between what happens between any two steps
 */
export async function play({ steps }: Transition, send: Send, world: string, between: () => Promise<void> = async () => {}): Promise<void> {
  const kept: Record<string, string> = {};
  for (const [index, step] of steps.entries()) {
    if (index > 0) await between();
    const got = await send(request(step, world, kept));
    compare(step, got, `step ${index + 1}, ${step.ask}`);
    for (const [name, place] of Object.entries(step.keep ?? {})) {
      kept[name] = readFrom(got === "dropped" ? "" : got.text, place);
      expect(kept[name], `${step.ask} keeps ${name}`).not.toBe("");
    }
  }
}

/** Every transition as a test. @param door made when the tests run */
export function playAll(door: () => Send, between?: () => Promise<void>): void {
  test.each(TRANSITIONS.map((transition, index): [string, Transition, number] => [transition.name, transition, index]))(
    "%s",
    (_, transition, index) => play(transition, door(), `t${index}`, between),
  );
}
