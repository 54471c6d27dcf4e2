import net from "node:net";
import { setTimeout as sleep } from "node:timers/promises";

interface Target {
  host: string[];
  port: number[];
  /** A Unix socket, or false. */
  path: string | false;
}

/**
 * Opens the sockets of one client, for the driver's `socket` option. The driver itself connects
 * again at once, for as long as a query waits, when something accepts a connection and closes it
 * without a word (a proxy whose database is down): thousands of connections a second.
 */
export class Sockets {
  #open = new Set<net.Socket>();
  #attempts = 0;
  #pauseUntil = 0;
  #closed = false;

  /** A socket that is connecting; what is written to it meanwhile is kept. */
  readonly connect = async (target: Target): Promise<net.Socket> => {
    this.#forgetClosed();
    const pause = this.#pauseUntil - performance.now();
    if (pause > 0) await sleep(pause);
    const socket = this.#start(target);
    this.#open.add(socket);
    // The driver may ask once more after its end; it has no use for the answer.
    if (this.#closed) setTimeout(() => socket.destroy(), 1);
    return socket;
  };

  /** Closes what is left: a frozen server would never answer an orderly end. */
  close(): void {
    this.#closed = true;
    for (const socket of this.#open) socket.destroy();
    this.#open.clear();
  }

  #start({ host, port, path }: Target): net.Socket {
    if (path) return net.connect({ path });
    const turn = this.#attempts++ % port.length;
    const address = { host: host[turn] ?? "localhost", port: port[turn] ?? 5432 };
    // The driver looks at `host` for TLS.
    return Object.assign(net.connect({ ...address, noDelay: true }), address);
  }

  #forgetClosed(): void {
    for (const socket of this.#open) {
      if (!socket.destroyed) continue;
      this.#open.delete(socket);
      if (socket.bytesRead > 0) continue;
      this.#pauseUntil = performance.now() + 50 + Math.random() * 100;
    }
  }
}
