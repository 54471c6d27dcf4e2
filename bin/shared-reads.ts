import type { Socket } from "node:net";

/** What all connections read into, one after the other: each read is looked at before the next one. */
const shared = Buffer.allocUnsafeSlow(64 * 1024);

/** @param buffer holds what came in its first `bytes`, until this returns: copy what is to be kept */
type OnRead = (buffer: Buffer, bytes: number) => void;

/** A socket from inside, as far as Node's own `onread` reaches (lib/net.js). */
type Inside = {
  _handle?: { useUserBuffer?(buffer: Buffer): void };
  [key: symbol]: unknown;
};

/**
 * Hands over what an accepted socket reads without an allocation for each read: what the `onread` of
 * `net.connect` does, which Node doesn't offer for sockets that a server accepts. Without it each
 * call costs a buffer of 64 KiB that is cut to its size, some 8 % of what verifying a token takes.
 * Where Node is built otherwise inside, reads come by `data` events as usual.
 *
 * @returns leaves reading to the socket again
 */
export function readShared(socket: Socket, onRead: OnRead): () => void {
  const inside = socket as unknown as Inside;
  const keys = keysOf(inside);
  const readInto = inside._handle?.useUserBuffer;
  // On Windows a read that is under way holds on to its buffer.
  if (!keys || !readInto || process.platform === "win32") {
    const onData = (chunk: Buffer) => onRead(chunk, chunk.length);
    socket.on("data", onData);
    return () => socket.off("data", onData);
  }
  readInto.call(inside._handle, shared);
  inside[keys.buffer] = shared;
  // Whether to go on reading is the answer.
  inside[keys.callback] = (bytes: number) => {
    onRead(shared, bytes);
    return true;
  };
  return () => {
    inside[keys.callback] = (bytes: number) => socket.push(copyOf(shared, bytes));
  };
}

export const copyOf = (buffer: Buffer, bytes: number): Buffer =>
  Buffer.from(buffer.subarray(0, bytes));

let known: { buffer: symbol; callback: symbol } | null | undefined;

/** Where a socket keeps the buffer of its `onread` and the function that is told of each read. */
function keysOf(socket: Inside): typeof known {
  if (known !== undefined) return known;
  const symbols = Object.getOwnPropertySymbols(socket);
  const find = (name: string) => symbols.find(({ description }) => description === name);
  const [buffer, callback] = [find("kBuffer"), find("kBufferCb")];
  known = buffer && callback ? { buffer, callback } : null;
  return known;
}
