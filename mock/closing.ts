/** How a server stops: who is being answered gets the answer, everybody else is let go. */
import type { Server, ServerResponse } from "node:http";
import { Server as NetServer, type Socket } from "node:net";

export interface Connections {
  /** Told of every request, as cheaply as may be: this is on the way of each. */
  serve(socket: Socket, response: ServerResponse): void;
  /** How many connections wait for an answer. */
  busy(): number;
  /**
   * Stops listening. Connections without a request go at once, the others when they have their answer, however long that takes.
   * @param patience milliseconds for whatever the client has to do: send the rest of its request, take the rest of its answer
   */
  close(patience: number): Promise<void>;
}

const waits = (response: ServerResponse | undefined): response is ServerResponse => response !== undefined && !response.writableFinished;

export function watchConnections(server: Server): Connections {
  /** The last request of each: pipelined ones are answered in their order. */
  const open = new Map<Socket, ServerResponse | undefined>();
  server.on("connection", (socket: Socket) => {
    open.set(socket, undefined);
    socket.once("close", () => open.delete(socket));
  });

  function letGo(): void {
    for (const [socket, response] of open) {
      if (waits(response)) response.once("finish", () => socket.destroySoon());
      else if (response !== undefined) socket.destroySoon();
      // A browser opens connections that it may never use. One that has begun to send may be about to ask.
      else if (socket.bytesRead === 0) socket.destroy();
    }
  }

  function hurry(patience: number): void {
    for (const [socket, response] of open) {
      if (!response?.req.complete) socket.destroy();
      else if (response.writableEnded) socket.setTimeout(patience);
    }
  }

  return {
    serve: (socket, response) => void open.set(socket, response),
    busy: () => [...open.values()].filter(waits).length,
    close: (patience) =>
      new Promise((resolve) => {
        const timer = setInterval(hurry, patience, patience);
        // Not the method of http: it cuts answers that are written and not yet taken, and stops watching slow clients.
        NetServer.prototype.close.call(server, () => {
          clearInterval(timer);
          // What is left to stop is http's own look at slow clients.
          server.close();
          resolve();
        });
        letGo();
      }),
  };
}
