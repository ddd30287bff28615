/** A mock of one vendor, a world of it for each test, and a look at everything that goes over the wire. */
import { createMock, type ContractModule, type FetchMockOptions } from "../../mock/fetch.ts";
import type { Fetch } from "../../runtime/types.ts";
import type { VirtualClock } from "./clock.ts";

export interface Sent {
  /** `POST /rest/v1.1/configuration/lock` */
  line: string;
  authorization: string | null;
  /** 0 where no answer came. */
  status: number;
}

export interface Fault {
  call?: string;
  status?: string;
  drop?: boolean;
  times?: number;
}

export interface World {
  /** Sends into this world. */
  readonly fetch: Fetch;
  /** What was sent, in the order of the answers. */
  readonly sent: Sent[];
  /** `POST /_latch/faults`: for the given number of uses, or until the end. */
  fault(rule: Fault): Promise<void>;
  /**
   * The answers of the next requests whose line ends so are lost: the vendor does what they say and nobody hears of it.
   * @param status what a gateway answers instead; without one the connection breaks
   */
  lose(ending: string, times?: number, status?: number): void;
}

let worlds = 0;

/** @returns opens a world of its own each time, all on the same clock */
export function mockOf(contract: ContractModule, clock: VirtualClock, options: FetchMockOptions = {}): () => World {
  const mock = createMock(contract, { ...options, now: clock.now });
  return () => {
    const name = `world-${(worlds += 1)}`;
    const sent: Sent[] = [];
    const lost: { ending: string; times: number; status: number | undefined }[] = [];

    const ask = (request: Request): Promise<Response> => {
      const headers = new Headers(request.headers);
      headers.set("X-Latch-World", name);
      return mock(new Request(request, { headers }));
    };
    const send: Fetch = async (request) => {
      const line = `${request.method} ${new URL(request.url).pathname}`;
      const entry: Sent = { line, authorization: request.headers.get("Authorization"), status: 0 };
      try {
        request.signal.throwIfAborted();
        const response = await ask(request);
        const loss = lost.find(({ ending, times }) => times > 0 && line.endsWith(ending));
        if (loss) {
          loss.times--;
          if (loss.status !== undefined) return new Response(null, { status: (entry.status = loss.status) });
          throw new TypeError("fetch failed: the answer was lost");
        }
        entry.status = response.status;
        return response;
      } finally {
        sent.push(entry);
      }
    };
    return {
      fetch: send,
      sent,
      async fault(rule) {
        const body = JSON.stringify(rule);
        const answer = await ask(new Request("https://mock.example.com/_latch/faults", { method: "POST", body, headers: JSON_TYPE }));
        if (answer.status !== 201) throw new Error(`The fault was answered with ${answer.status}: ${await answer.text()}`);
      },
      lose: (ending, times = 1, status = undefined) => void lost.push({ ending, times, status }),
    };
  };
}

const JSON_TYPE = { "Content-Type": "application/json" };
