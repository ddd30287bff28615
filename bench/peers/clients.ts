/** The other clients, as their readme shows them: one GET that gives the parsed body, with the same headers, and the same call with a limit on its time. */

/** A package of bench/peers/node_modules; the repository's own type check runs without it. */
const load = (name: string): Promise<unknown> => import(name);

export interface Peer {
  name: string;
  call(): Promise<unknown>;
}

interface Ky {
  (url: string, options: object): { json(): Promise<unknown> };
}
interface Axios {
  get(url: string, options: object): Promise<{ data: unknown }>;
}

/** @param timeout milliseconds; undefined for no limit */
export async function otherClients(url: string, headers: Record<string, string>, timeout: number | undefined): Promise<Peer[]> {
  const { default: ky } = (await load("ky")) as { default: Ky };
  const { default: axios } = (await load("axios")) as { default: Axios };
  return [
    { name: "ky", call: () => ky(url, { headers, timeout: timeout ?? false }).json() },
    { name: "axios, node:http", call: async () => (await axios.get(url, { headers, timeout: timeout ?? 0 })).data },
    { name: "axios, fetch", call: async () => (await axios.get(url, { headers, timeout: timeout ?? 0, adapter: "fetch" })).data },
  ];
}
