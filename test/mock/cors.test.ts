import { expect, test } from "vitest";
import { withCors } from "../../mock/cors.ts";

const answer = { status: 200, headers: { vary: "Accept-Language" }, body: "" };

test.each([{}, { origin: "https://app.example.com" }])("what a contract documents of Vary is kept, asked from %j", (headers) => {
  const given = withCors({ method: "GET", url: "/", headers }, { ...answer });
  expect(given.headers["vary"]).toBe("Accept-Language, Origin");
});
