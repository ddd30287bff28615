/** What the load generator is told, and what it tells: plain JSON, because it runs in a process of its own. */

/** A request and the one status that is right for it. */
export interface Shot {
  /** The whole request as it goes onto the wire. */
  request: string;
  status: number;
}

export interface Plan {
  port: number;
  /** The server, whose processor time and memory are read. */
  pid: number;
  /** One per connection: its requests, in their order, over and over. */
  tracks: Shot[][];
  /** Load before anything is counted, in seconds of the server's processor time: however busy the machine, it is equally warm. */
  warm: number;
  /** When to end: after so many seconds of the server's processor time, of time, or after so many requests. */
  until: { cpu: number } | { seconds: number } | { requests: number };
  /** Seconds between two looks at the server's memory. */
  every?: number;
}

export interface Result {
  requests: number;
  seconds: number;
  /** Seconds of processor time that the server used for them. */
  cpu: number;
  /** MB at the end. */
  rss: number;
  /** Bytes of body, on average. */
  bytes: number;
  samples: { at: number; rss: number }[];
}

/** Connections that are kept open. */
export const CONNECTIONS = 32;

/**
 * @param headers the server is named and the body's length is set here
 * @param status what the answer must have
 */
export function shot(method: string, path: string, headers: Record<string, string>, status: number, body = ""): Shot {
  const lines = Object.entries({ host: "localhost", ...headers }).map(([name, value]) => `${name}: ${value}`);
  // A POST says how long its body is, even where it has none.
  if (method !== "GET") lines.push(`content-length: ${Buffer.byteLength(body)}`);
  return { request: `${method} ${path} HTTP/1.1\r\n${lines.join("\r\n")}\r\n\r\n${body}`, status };
}

/** Deal things out to the connections: each has some of its own, and everything is somebody's. */
export function deal<T>(things: T[]): T[][] {
  return Array.from({ length: CONNECTIONS }, (_, connection) => {
    const own = things.filter((_, index) => index % CONNECTIONS === connection);
    const shared = things[connection % things.length];
    return own.length > 0 || shared === undefined ? own : [shared];
  });
}
