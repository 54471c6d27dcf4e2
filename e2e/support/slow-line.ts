import type { AddressInfo } from "node:net";
import { connect, createServer, type Socket } from "node:net";

/** A line to a TCP server on loopback that can be made slow, silent, or be cut. */
export type SlowLine = {
  port: number;
  /** Milliseconds by which what comes from either side is late. */
  delay(ms: number): void;
  /** Nothing gets through any more, and nobody is told. */
  silence(): void;
  /** All gets through again, what was held back first. */
  restore(): void;
  /** Closes every connection that is there now. */
  cut(): void;
  end(): Promise<void>;
};

/** @param port of the server on 127.0.0.1 */
export async function startSlowLine(port: number): Promise<SlowLine> {
  const sockets = new Set<Socket>();
  const held: (() => void)[] = [];
  let delayMs = 0;
  let silent = false;

  const pass = (from: Socket, to: Socket) => {
    // One after the other, whatever the delay was when each began.
    let turn = Promise.resolve();
    const send = (write: () => void) => {
      const late = delayMs;
      const through = () => (silent ? void held.push(write) : write());
      turn = turn.then(
        () =>
          new Promise<void>((resolve) => {
            const go = () => {
              through();
              resolve();
            };
            if (late > 0) setTimeout(go, late);
            else go();
          }),
      );
    };
    from.on("data", (chunk) => send(() => to.write(chunk)));
    from.on("end", () => send(() => to.end()));
    from.on("error", () => {});
    from.on("close", () => {
      sockets.delete(from);
      to.destroy();
    });
  };
  const server = createServer((near) => {
    const far = connect(port, "127.0.0.1");
    for (const socket of [near, far]) sockets.add(socket.setNoDelay(true));
    pass(near, far);
    pass(far, near);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const cut = () => {
    for (const socket of sockets) socket.destroy();
  };
  return {
    port: (server.address() as AddressInfo).port,
    delay: (ms) => {
      delayMs = ms;
    },
    silence: () => {
      silent = true;
    },
    restore: () => {
      silent = false;
      delayMs = 0;
      for (const write of held.splice(0)) write();
    },
    cut,
    end: () => {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      cut();
      return closed;
    },
  };
}
