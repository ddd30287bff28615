/** The page's side of the service worker: registers it and waits until it answers, so that the next request is already the mock's. */
import { soon, tell } from "./messages.ts";
import { writeOptions, type WorkerOptions } from "./options.ts";

export type { WorkerOptions } from "./options.ts";
export type { SeedInput } from "../seed-file.ts";

export interface StartOptions extends WorkerOptions {
  /** Where the worker's script stands, which `latch worker <folder>` put there: `/service-worker.js` unless said otherwise. */
  url?: string | URL | undefined;
  /** The pages it is for: those in the folder of the script unless said otherwise. */
  scope?: string | undefined;
}

export interface StartedMock {
  /** Lets every request through to the network again and takes the worker away. What was remembered is there at the next start. */
  stop(): Promise<void>;
}

/** Resolves when the browser has made this very script the active one. */
function activated({ installing, waiting, active }: ServiceWorkerRegistration, script: string): Promise<ServiceWorker> {
  return soon("the browser does not activate it", (resolve, reject) => {
    const worker = [installing, waiting, active].find((candidate) => candidate?.scriptURL === script);
    if (!worker) return reject(new Error("another script was registered for the same pages meanwhile"));
    const look = (): void => {
      if (worker.state === "activated") resolve(worker);
      if (worker.state === "redundant") reject(new Error("the browser gave it up"));
    };
    worker.addEventListener("statechange", look);
    look();
  });
}

/** Resolves when requests of this page go through this script. */
function inControl(script: string): Promise<void> {
  const container = navigator.serviceWorker;
  return soon("another service worker keeps hold of this page", (resolve) => {
    const look = (): void => {
      if (container.controller?.scriptURL !== script) return;
      container.removeEventListener("controllerchange", look);
      resolve();
    };
    container.addEventListener("controllerchange", look);
    look();
  });
}

/** The worker is there, and says no. */
class Refused extends Error {
  override name = "Refused";
}

async function register(address: URL, scope: string | undefined): Promise<StartedMock> {
  const registration = await navigator.serviceWorker.register(address, { ...(scope !== undefined && { scope }), updateViaCache: "none" });
  const worker = await activated(registration, address.href);
  const reply = await tell(worker, "start");
  if (reply.wrong !== undefined) throw new Refused(`The mock does not start: ${reply.wrong.replace(/\.$/, "")}.`);
  if (!location.href.startsWith(registration.scope)) throw new Error(`this page is not below its scope ${registration.scope}`);
  await inControl(address.href);
  return {
    async stop() {
      await tell(worker, "stop");
      await registration.unregister();
    },
  };
}

/**
 * Starts the mock in this page and in all others of the scope. To be awaited before the first request.
 * @throws TypeError for an option that is none
 * @throws Error when the browser has no service workers here, the script is not there or is not ours, or the worker cannot start
 */
export async function startMock({ url = "/service-worker.js", scope, ...options }: StartOptions = {}): Promise<StartedMock> {
  const address = new URL(url, document.baseURI);
  address.search = writeOptions(options);
  // Absent outside of HTTPS and localhost, whatever the types say.
  if (!("serviceWorker" in navigator))
    throw new Error("This page has no service workers: open it over HTTPS, or from localhost or 127.0.0.1.");
  return register(address, scope).catch((error: unknown) => {
    if (error instanceof Refused) throw error;
    const reason = (error instanceof Error ? error.message : String(error)).replace(/\.$/, "");
    throw new Error(`The mock's worker ${address.pathname} did not start (${reason}): see that "npx latch worker <folder>" put it there.`, {
      cause: error,
    });
  });
}
