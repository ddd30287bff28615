/** Two `latch mock` processes over one Redis are one mock: 10,000 attempts to lock the broker, and never two holders. */
import { Agent, request } from "node:http";
import { describe, expect, test } from "vitest";
import { serveLatch } from "../cli/serving.ts";
import { MISSING, startRedis } from "../store/redis-server.ts";

const ATTEMPTS = 10_000;
/** Requests under way at once, per process. */
const WIDTH = 32;

if (MISSING) console.log(`not tried with two processes: ${MISSING}`);

interface Told {
  status: number;
  text: string;
}

function post(agent: Agent, url: string, headers: Record<string, string>): Promise<Told> {
  return new Promise((resolve, reject) => {
    request(url, { method: "POST", agent, headers }, (answer) => {
      let text = "";
      answer
        .setEncoding("utf8")
        .on("data", (chunk: string) => (text += chunk))
        .on("end", () => resolve({ status: answer.statusCode ?? 0, text }));
    })
      .on("error", reject)
      .end();
  });
}

describe.skipIf(MISSING)("two processes, one state", () => {
  test(`${ATTEMPTS} attempts at one lock: one holder at any time`, async () => {
    const redis = await startRedis();
    const agent = new Agent({ keepAlive: true, maxSockets: WIDTH * 2 });
    try {
      const mocks = await Promise.all([1, 2].map(() => serveLatch(["mock", "--quiet", "--state", redis.url])));
      let holders = 0;
      let most = 0;
      let left = ATTEMPTS;
      const statuses: Record<string, number> = {};

      /** Takes the lock again and again with a token of its own, and gives it back whenever it got it. */
      async function contend(base: string, token: string): Promise<void> {
        const headers = { Authorization: `Bearer ${token}` };
        while (left-- > 0) {
          const { status, text } = await post(agent, `${base}/oracle-ecb/rest/v1.1/configuration/lock`, headers);
          statuses[status] = (statuses[status] ?? 0) + 1;
          if (status !== 204) {
            expect(text).toContain("Resource locked by another user");
            continue;
          }
          most = Math.max(most, ++holders);
          // While it is held, another question of the holder's own goes to the process that did not give the lock.
          const other = mocks.find(({ url }) => url !== base)?.url ?? base;
          const again = await post(agent, `${other}/oracle-ecb/rest/v1.1/configuration/lock`, headers);
          expect(again.status).toBe(204);
          holders--;
          const freed = await post(agent, `${other}/oracle-ecb/rest/v1.1/configuration/unlock`, headers);
          expect(freed.status).toBe(204);
        }
      }

      await Promise.all(
        mocks.flatMap(({ url }, process) => Array.from({ length: WIDTH }, (_, index) => contend(url, `token-${process}-${index}`))),
      );
      console.log(`two processes: ${JSON.stringify(statuses)}`);
      expect(Object.keys(statuses).toSorted()).toEqual(["204", "423"]);
      expect(most).toBe(1);
      expect(Object.values(statuses).reduce((sum, count) => sum + count, 0)).toBe(ATTEMPTS);
      for (const mock of mocks) expect(await mock.stop()).toBe(0);
    } finally {
      agent.destroy();
      await redis.stop();
    }
  });
});
