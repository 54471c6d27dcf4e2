import type { Server } from "node:http";
import type { Socket } from "node:net";
import { expressRoute } from "@/bin/express-lane";
import { timeLimits } from "@/bin/hardening";
import { type PlainRequest, readPlainRequest } from "@/bin/plain-request";
import { copyOf, readShared } from "@/bin/shared-reads";
import { writeAnswer } from "@/bin/write-answer";
import { type Answer, type Call, requestIdOf } from "@/lib/http/call";

export type PlainLane = {
  /** Calls that are being answered. */
  underWay(): number;
  /** From now on each answer is the last of its connection. */
  drain(): void;
  /** Ends the connections on which no call is under way. */
  closeIdle(): void;
  closeAll(): void;
};

/** Milliseconds between two looks at which connections nobody uses. */
const lookEvery = 1_000;

type AddressOf = (socket: Socket, forwardedFor: string | undefined) => string | null;

/**
 * Answers plain requests of hot paths straight from the socket. A connection on which anything else
 * arrives is Node's HTTP server's from then on, with what has come so far.
 * @param addressOf the client's address
 */
export function openPlainLane(server: Server, addressOf: AddressOf): PlainLane {
  const [byNode] = server.listeners("connection") as [(socket: Socket) => void];
  server.off("connection", byNode);
  const connections = new Set<PlainConnection>();
  let draining = false;
  let underWay = 0;
  // Node would begin a timer anew with each read and each write of each connection.
  let looks = 0;
  const looking = setInterval(() => {
    looks++;
    for (const connection of connections) connection.closeIfForgotten();
  }, lookEvery).unref();

  class PlainConnection {
    readonly #socket: Socket;
    readonly #stopReading: () => void;
    /** The last path and query, and what answers it: a caller mostly asks for the same. */
    #target = "";
    #route: ReturnType<typeof expressRoute>;
    #busy = false;
    /** What is being answered, where its answer takes time. */
    #call!: Call;
    /** The caller has said all that it will. */
    #ended = false;
    /** What came while a call was under way. */
    #held: Buffer[] = [];
    /** At which look it was used last, and milliseconds for which it may be left unused. */
    #used = looks;
    #patience: number = timeLimits.headersTimeout;

    constructor(socket: Socket) {
      this.#socket = socket;
      connections.add(this);
      this.#stopReading = readShared(socket, this.#onRead);
      socket.on("end", this.#onEnd);
      socket.on("error", this.#onError);
      socket.on("close", this.#onClose);
    }

    closeIfIdle() {
      if (!this.#busy) this.#socket.destroySoon();
    }
    closeIfForgotten() {
      if ((looks - this.#used) * lookEvery > this.#patience) this.closeIfIdle();
    }
    destroy() {
      this.#socket.destroy();
    }

    readonly #onAnswer = (answer: Answer) => this.#send(answer, this.#call);
    readonly #onFailure = () => this.#send(failed, this.#call);
    readonly #onError = () => this.#socket.destroy();
    readonly #onClose = () => connections.delete(this);
    readonly #onEnd = () => {
      this.#ended = true;
      this.closeIfIdle();
    };

    readonly #onRead = (buffer: Buffer, bytes: number) => {
      if (this.#busy) {
        this.#held.push(copyOf(buffer, bytes));
        this.#socket.pause();
        return;
      }
      const request = readPlainRequest(buffer, bytes);
      if (!request) return this.#giveUp(copyOf(buffer, bytes));
      if (request.target !== this.#target) {
        this.#target = request.target;
        this.#route = expressRoute("GET", request.target);
      }
      if (!this.#route) return this.#giveUp(copyOf(buffer, bytes));
      this.#busy = true;
      underWay++;
      const call = new PlainCall(request, addressOf(this.#socket, request.forwardedFor));
      const answer = answerOf(this.#route, call);
      if (!(answer instanceof Promise)) return this.#send(answer, call);
      this.#call = call;
      answer.then(this.#onAnswer, this.#onFailure);
    };

    #send(answer: Answer, call: Call) {
      const socket = this.#socket;
      const last = draining || this.#ended;
      this.#busy = false;
      underWay--;
      if (socket.destroyed) return;
      writeAnswer(socket, answer, call.requestId, last);
      if (last) return socket.destroySoon();
      this.#used = looks;
      this.#patience = timeLimits.keepAliveTimeout;
      if (this.#held.length > 0) this.#giveUp(Buffer.concat(this.#held));
    }

    /** Leaves the connection to Node, which reads `chunk` first. */
    #giveUp(chunk: Buffer) {
      const socket = this.#socket;
      connections.delete(this);
      socket.pause();
      this.#stopReading();
      socket.off("end", this.#onEnd);
      socket.off("error", this.#onError);
      socket.off("close", this.#onClose);
      byNode.call(server, socket);
      socket.unshift(chunk);
      socket.resume();
    }
  }

  server.on("connection", (socket: Socket) => new PlainConnection(socket));
  return {
    underWay: () => underWay,
    drain() {
      draining = true;
    },
    closeIdle() {
      for (const connection of connections) connection.closeIfIdle();
    },
    closeAll() {
      clearInterval(looking);
      for (const connection of connections) connection.destroy();
    },
  };
}

class PlainCall implements Call {
  readonly method = "GET";
  readonly target: string;
  readonly requestId: string;
  readonly #request: PlainRequest;

  constructor(
    request: PlainRequest,
    readonly address: string | null,
  ) {
    this.#request = request;
    this.target = request.target;
    this.requestId = requestIdOf(request.requestId);
  }

  header(name: string): string | null {
    if (name === "authorization") return this.#request.authorization ?? null;
    return name === "user-agent" ? (this.#request.userAgent ?? null) : null;
  }

  readBody(): Promise<Buffer> {
    return Promise.resolve(Buffer.alloc(0));
  }
}

function answerOf(express: (call: Call) => Answer | Promise<Answer>, call: Call) {
  try {
    return express(call);
  } catch {
    return failed;
  }
}

const failed: Answer = { status: 500, headers: {}, body: null };
