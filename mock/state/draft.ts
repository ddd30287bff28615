/** A JSON value that is changed by pointers without touching the original: what a change passes is copied, once, and the rest is shared. */
import { memberAt } from "./references.ts";
import type { Json } from "./types.ts";

type Container = Json[] | { [name: string]: Json };

const isContainer = (value: unknown): value is Container => typeof value === "object" && value !== null;

/** An assignment to `__proto__` would change what the object is; defining is slower, so that it is kept for that name. */
function assign(target: Container, name: string, value: Json): void {
  if (name === "__proto__") Object.defineProperty(target, name, { value, writable: true, enumerable: true, configurable: true });
  else (target as { [name: string]: Json })[name] = value;
}

export class Draft {
  #value: Json;
  /** The containers that are copies already. */
  readonly #own = new Set<Container>();

  constructor(value: Json) {
    this.#value = value;
  }

  get value(): Json {
    return this.#value;
  }

  #copy(container: Container): Container {
    if (this.#own.has(container)) return container;
    const copy = Array.isArray(container) ? [...container] : { ...container };
    this.#own.add(copy);
    return copy;
  }

  /** The container a pointer leads to, as a copy; undefined where there is none. */
  #reach(steps: readonly string[]): Container | undefined {
    if (!isContainer(this.#value)) return undefined;
    let container = this.#copy(this.#value);
    this.#value = container;
    for (const step of steps) {
      const member = memberAt(container, [step]);
      if (!isContainer(member)) return undefined;
      const copy = this.#copy(member);
      assign(container, step, copy);
      container = copy;
    }
    return container;
  }

  /**
   * Puts a value where a pointer points. Where the parent is absent nothing happens; an array gets no new items.
   * @param steps of the pointer; none means the whole value
   */
  set(steps: readonly string[], member: Json): void {
    const last = steps.at(-1);
    if (last === undefined) this.#value = member;
    const parent = last === undefined ? undefined : this.#reach(steps.slice(0, -1));
    if (!parent || last === undefined || (Array.isArray(parent) && memberAt(parent, [last]) === undefined)) return;
    assign(parent, last, member);
  }

  /** Takes a member out, where it is there. */
  remove(steps: readonly string[]): void {
    const last = steps.at(-1);
    if (last === undefined || memberAt(this.#value, steps) === undefined) return;
    const parent = this.#reach(steps.slice(0, -1));
    if (Array.isArray(parent)) parent.splice(Number(last), 1);
    else if (parent) delete parent[last];
  }
}

/** A text of a JSON value, and the way to it. */
export interface Spot {
  steps: string[];
  text: string;
}

/** The texts of a value that hold something; names of members are not looked at. */
export function textsWith(value: Json, holds: (text: string) => boolean, steps: string[] = []): Spot[] {
  if (typeof value === "string") return holds(value) ? [{ steps, text: value }] : [];
  if (!isContainer(value)) return [];
  return Object.entries(value).flatMap(([name, member]) => textsWith(member, holds, [...steps, name]));
}
