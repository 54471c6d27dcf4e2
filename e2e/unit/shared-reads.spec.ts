import { once } from "node:events";
import { type AddressInfo, connect, createServer, Socket } from "node:net";
import { copyOf, readShared } from "@/bin/shared-reads";
import { expect, test } from "@/e2e/support/test";

/** A connection to a server of our own: the accepted end and the caller's. */
async function openPair() {
  const server = createServer({ allowHalfOpen: true }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const caller = connect((server.address() as AddressInfo).port, "127.0.0.1");
  const [accepted] = (await once(server, "connection")) as [Socket];
  return {
    accepted,
    caller,
    close() {
      caller.destroy();
      accepted.destroy();
      server.close();
    },
  };
}

test.describe("shared reads", () => {
  test("put what several connections send into one buffer, each for its own reader", async () => {
    const pairs = [await openPair(), await openPair()];
    const buffers = new Set<Buffer>();
    const texts = pairs.map(({ accepted }) => {
      const heard = { text: "" };
      readShared(accepted, (buffer, bytes) => {
        buffers.add(buffer);
        heard.text += buffer.toString("latin1", 0, bytes);
      });
      return heard;
    });
    for (const part of ["one", "another"]) {
      for (const [index, { caller }] of pairs.entries()) {
        caller.write(`${part} of ${index};`);
        await expect.poll(() => texts[index]?.text).toContain(`${part} of ${index};`);
      }
    }
    expect(texts.map(({ text }) => text)).toEqual([
      "one of 0;another of 0;",
      "one of 1;another of 1;",
    ]);
    expect(buffers.size).toBe(1);
    for (const pair of pairs) pair.close();
  });

  test("leave the socket to others: nothing is lost, nor read faster than it is taken", async () => {
    const { accepted, caller, close } = await openPair();
    const first = new Promise<Buffer>((resolve) => {
      const stop = readShared(accepted, (buffer, bytes) => {
        accepted.pause();
        stop();
        resolve(copyOf(buffer, bytes));
      });
    });
    const sent = Buffer.alloc(8 * 1024 * 1024, "0123456789abcdefg");
    caller.end(sent);
    const chunks: Buffer[] = [await first];
    accepted.resume();
    let pauses = 0;
    accepted.on("data", (chunk) => {
      chunks.push(chunk);
      if (pauses++ % 8 !== 0) return;
      accepted.pause();
      setImmediate(() => {
        expect(accepted.readableLength).toBeLessThan(256 * 1024);
        accepted.resume();
      });
    });
    await once(accepted, "end");
    expect(Buffer.concat(chunks).equals(sent)).toBe(true);
    expect(pauses).toBeGreaterThan(8);
    close();
  });

  test("tell of the end, and wait while the socket is paused", async () => {
    const { accepted, caller, close } = await openPair();
    let text = "";
    readShared(accepted, (buffer, bytes) => {
      text += buffer.toString("latin1", 0, bytes);
    });
    caller.write("a");
    await expect.poll(() => text).toBe("a");
    accepted.pause();
    const ended = once(accepted, "end");
    caller.end("b");
    await once(caller, "finish");
    expect(text).toBe("a");
    accepted.resume();
    await ended;
    expect(text).toBe("ab");
    close();
  });

  test("are usual reads where a socket is built otherwise inside", async () => {
    const socket = new Socket();
    let text = "";
    const stop = readShared(socket, (buffer, bytes) => {
      text += buffer.toString("latin1", 0, bytes);
    });
    socket.push("as usual");
    await expect.poll(() => text).toBe("as usual");
    stop();
    expect(socket.listenerCount("data")).toBe(0);
    socket.destroy();
  });
});
