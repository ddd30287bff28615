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

/**
 * @param limit milliseconds after which nobody is taken to answer
 * @throws Error when there is no reply within the limit: the worker is not one of ours
 */
export async function tell(worker: ServiceWorker, message: Message, limit = 10_000): Promise<Reply> {
  const { port1, port2 } = new MessageChannel();
  let timer: ReturnType<typeof setTimeout> | undefined;
  try {
    return await new Promise<Reply>((resolve, reject) => {
      timer = setTimeout(() => reject(new Error(`the worker did not answer within ${limit} ms`)), limit);
      port1.onmessage = ({ data }: MessageEvent<unknown>) => resolve(isObject(data) && typeof data["wrong"] === "string" ? { wrong: data["wrong"] } : {});
      worker.postMessage({ [NAME]: message }, [port2]);
    });
  } finally {
    clearTimeout(timer);
    port1.close();
  }
}
