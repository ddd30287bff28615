/** Which entries of a store are resources: pointers, counters and what a user wrote by hand are not. */
import { isObject } from "../../scripts/document.ts";
import type { Entry } from "../store/types.ts";
import type { Aggregate } from "./types.ts";

/** Whether an entry has everything that a resource is kept by; its fields are not looked at. */
export const isAggregate = (entry: Entry | undefined): entry is Aggregate =>
  entry !== undefined &&
  isObject(entry["fields"]) &&
  Array.isArray(entry["timers"]) &&
  Array.isArray(entry["jobs"]) &&
  isObject(entry["tokens"]) &&
  typeof entry["serial"] === "number";
