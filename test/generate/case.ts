/** A mistake a person makes in a contract: what is broken, where the sentence must point, and what it must say. */
import type { Repository } from "./repository.ts";

export interface Case {
  name: string;
  api: string;
  /** Break one thing. @returns file and line of the mistake */
  breaks(repository: Repository): [file: string, line: number];
  says: RegExp;
}

export const ORACLE = "openapi/oracle-ecb";
export const NATIVE = "openapi/huawei-ecs-native";
export const SAMSUNG = "openapi/samsung-virtualserver";

/** Replace one text by another; the line of the new one is the place. */
export const at =
  (file: string, from: string, to: string, mark = to): Case["breaks"] =>
  (repository) => {
    repository.edit(file, from, to);
    return [file, repository.lineOf(file, mark)];
  };
