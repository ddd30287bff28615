/** What a page and its service worker say to each other: one message, one reply on the port that came with it. */
import { isObject } from "../../scripts/document.ts";

export type Message = "start" | "stop";

/** Without `wrong` it is done. */
export interface Reply {
  wrong?: string;
}

/** So that no other message that a page sends its worker is taken for one of ours. */
const NAME = "latch";

export function messageOf(data: unknown): Message | undefined {
  const word = isObject(data) ? data[NAME] : undefined;
  return word === "start" || word === "stop" ? word : undefined;
}

/** Milliseconds for what takes a browser some tens of them. */
const LIMIT = 10_000;

/**
 * @param wait given what resolves and rejects the promise
 * @param late what is wrong when neither happens within ten seconds, as the middle of a sentence
 */
export async function soon<T>(late: string, wait: (resolve: (value: T) => void, reject: (error: Error) => void) => void): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  try {
    return await new Promise<T>((resolve, reject) => {
      timer = setTimeout(() => reject(new Error(late)), LIMIT);
      wait(resolve, reject);
    });
  } finally {
    clearTimeout(timer);
  }
}

/** @throws Error when there is no reply: the worker is not one of ours */
export async function tell(worker: ServiceWorker, message: Message): Promise<Reply> {
  const { port1, port2 } = new MessageChannel();
  try {
    return await soon<Reply>("it does not answer, so it is none of latch's", (resolve) => {
      port1.onmessage = ({ data }: MessageEvent<unknown>) =>
        resolve(isObject(data) && typeof data["wrong"] === "string" ? { wrong: data["wrong"] } : {});
      worker.postMessage({ [NAME]: message }, [port2]);
    });
  } finally {
    port1.close();
  }
}
