/** The words the checks under lint/ share. Types only: nothing here runs. */

/** A mapping as YAML gives it, before anything is checked. */
export type Obj = { [key: string]: unknown };

/** Where something stands in a bundle: `["paths", "/lock", "post"]`. */
export type Path = (string | number)[];

/** What a check yields: one sentence (what is wrong, what to do), and where. */
export interface Finding {
  message: string;
  path: Path;
}

/** The default export of a check.js. `options` are the functionOptions of its rule.yaml. */
export type Check<Options = null> = (document: Obj, options: Options) => Iterable<Finding>;

/** One object of the OpenAPI specification. `kind` is the specification's word without "Object". */
export interface Node {
  kind: string;
  value: Obj;
  path: Path;
  /** The node that holds this one; the document itself has none. */
  parent?: Node;
}

/** A value and where it stands, after references were followed. */
export interface Found {
  value: unknown;
  path: Path;
}

/** A property of a request body that selects a call: the key as it is sent, and the schema of its value. */
export interface Action {
  key: string;
  value: Obj;
  path: Path;
}

/** What a caller can do (docs/contracts.md, "A call"): an operation, or an action of one. */
export interface Call {
  /** As it is written, which is not always a string. */
  id: unknown;
  /** The Operation Object or the action's Schema Object; both carry description, x-basis and x-permissions. */
  node: Node;
}
