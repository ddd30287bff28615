/** A fetch that gives prepared answers in turn and remembers what was sent. */

export interface Sent {
  method: string;
  url: string;
  headers: Headers;
  body: string;
}

/** @param answers one per request; a request beyond them is a mistake of the test or of the client */
export function scripted(answers: ((request: Request) => Response | Promise<Response>)[]): {
  fetch: (request: Request) => Promise<Response>;
  sent: Sent[];
} {
  const sent: Sent[] = [];
  const fetch = async (request: Request): Promise<Response> => {
    const answer = answers[sent.length];
    sent.push({ method: request.method, url: request.url, headers: request.headers, body: await request.clone().text() });
    if (!answer) throw new Error(`Nobody expected request ${sent.length}: ${request.method} ${request.url}`);
    return answer(request);
  };
  return { fetch, sent };
}

/** A fetch that remembers the requests and gives one answer to each. */
export const observed = (answer: Response): ReturnType<typeof scripted> => scripted(Array.from({ length: 9 }, () => () => answer.clone()));
