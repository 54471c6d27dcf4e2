import { connect, type Socket } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";

/**
 * The load generator: a process of its own that keeps connections busy, one request at a time on
 * each. Raw sockets, since an HTTP client would cost more than the servers it measures.
 */
export type Job = {
  /** What is sent to at the same time, and counted apart. */
  targets: Target[];
  /** Measured seconds, after `warmup` seconds that don't count. */
  seconds: number;
  warmup: number;
};

export type Target = {
  ports: number[];
  connections: number;
  /** Whole requests, sent in turn. */
  requests: string[];
  /** Send none of them again, and none at all after the last. */
  once?: boolean;
};

/** What one target answered. */
export type Measured = {
  requests: number;
  seconds: number;
  /** Milliseconds. */
  p50: number;
  p99: number;
  /** Answers by status; `broken` counts connections that failed. */
  statuses: Record<string, number>;
  /** How many requests were sent, the warm-up included. */
  sent: number;
};

const mostSamples = 4_000_000;
/** What all connections read into: an allocation for each answer would take from the database's core. */
const buffer = Buffer.allocUnsafeSlow(64 * 1024);

/** What the load generator says on the way: the measured time has begun, and is over. */
export type Phase = "warm" | "over";

/** What is still to be answered at the end is waited for so long: the next case is to begin in peace. */
const mostDrainMs = 2_000;

/** Keeps the connections of a target busy until `end`. */
class Sending {
  readonly #requests: Buffer[];
  readonly #once: boolean;
  readonly #latencies = new Float64Array(mostSamples);
  readonly #statuses: Record<string, number> = {};
  readonly #sockets: Socket[] = [];
  #next = 0;
  #count = 0;
  #counting = false;
  #ended = false;
  unanswered = 0;

  constructor(target: Target) {
    this.#requests = target.requests.map((text) => Buffer.from(text, "latin1"));
    this.#once = target.once ?? false;
    for (let i = 0; i < target.connections; i++) {
      this.#open(target.ports[i % target.ports.length] as number);
    }
  }

  count(): void {
    this.#counting = true;
  }

  end(): void {
    this.#ended = true;
    this.#counting = false;
  }

  /** What was counted in so many seconds; closes what is open. */
  result(seconds: number): Measured {
    for (const socket of this.#sockets) socket.destroy();
    const sorted = this.#latencies.subarray(0, Math.min(this.#count, mostSamples)).sort();
    const at = (share: number) => sorted[Math.floor(sorted.length * share)] ?? Number.NaN;
    return {
      requests: this.#count,
      seconds,
      p50: at(0.5),
      p99: at(0.99),
      statuses: this.#statuses,
      sent: this.#next,
    };
  }

  #open(port: number): void {
    let sentAt = 0;
    let held = "";
    let whole: Whole | undefined;
    let waits = false;
    const send = () => {
      if (this.#once && this.#next >= this.#requests.length) return;
      waits = true;
      this.unanswered++;
      sentAt = performance.now();
      socket.write(this.#requests[this.#next++ % this.#requests.length] as Buffer);
    };
    const callback = (bytes: number): boolean => {
      // Like the answer before, as most are: status and length need not be looked for again.
      if (held !== "" || !whole || !isLike(whole, bytes)) {
        held += buffer.toString("latin1", 0, bytes);
        const length = lengthOfAnswer(held);
        if (length < 0 || held.length < length) return true;
        whole = readWhole(held);
        held = "";
      }
      answered();
      if (this.#counting) {
        this.#latencies[this.#count++ % mostSamples] = performance.now() - sentAt;
        this.#statuses[whole.status] = (this.#statuses[whole.status] ?? 0) + 1;
      }
      if (!this.#ended) send();
      return true;
    };
    const answered = () => {
      if (waits) this.unanswered--;
      waits = false;
    };
    const broken = () => {
      answered();
      if (this.#ended) return;
      this.#statuses.broken = (this.#statuses.broken ?? 0) + 1;
      setTimeout(() => this.#ended || this.#open(port), 20);
    };
    const onread = { buffer, callback };
    const socket = connect({ port, host: "127.0.0.1", noDelay: true, onread });
    this.#sockets.push(socket);
    socket.on("connect", send);
    socket.on("error", () => {});
    socket.on("close", broken);
  }
}

async function measure(job: Job, say: (phase: Phase) => void): Promise<Measured[]> {
  const all = job.targets.map((target) => new Sending(target));
  await sleep(job.warmup * 1000);
  for (const sending of all) sending.count();
  say("warm");
  const started = performance.now();
  await sleep(job.seconds * 1000);
  for (const sending of all) sending.end();
  const over = performance.now();
  say("over");
  const isDrained = () => all.every(({ unanswered }) => unanswered === 0);
  while (!isDrained() && performance.now() - over < mostDrainMs) await sleep(5);
  return all.map((sending) => sending.result((over - started) / 1000));
}

/** An answer that came whole: its bytes, its status and the line of its head that says its length. */
type Whole = { bytes: number; status: string; line: Buffer; lineAt: number };

function readWhole(text: string): Whole {
  const found = /^content-length: *\d+\r/im.exec(text);
  const line = Buffer.from(found?.[0] ?? "", "latin1");
  return { bytes: text.length, status: text.slice(9, 12), line, lineAt: found?.index ?? 0 };
}

/** Whether what was read is, without a closer look, a whole answer of the same status and length. */
function isLike(whole: Whole, bytes: number): boolean {
  const { status, line, lineAt } = whole;
  if (bytes !== whole.bytes || line.length === 0) return false;
  for (let i = 0; i < 3; i++) if (buffer[9 + i] !== status.charCodeAt(i)) return false;
  return buffer.compare(line, 0, line.length, lineAt, lineAt + line.length) === 0;
}

/** Bytes of the answer that `text` begins with; -1 while its head is not complete. */
function lengthOfAnswer(text: string): number {
  const head = text.indexOf("\r\n\r\n");
  if (head < 0) return -1;
  const at = text.search(/\r\ncontent-length: */i);
  if (at >= 0 && at < head) return head + 4 + Number.parseInt(text.slice(at + 17), 10);
  if (/\r\ntransfer-encoding: *chunked/i.test(text)) {
    const end = text.indexOf("\r\n0\r\n\r\n", head + 2);
    return end < 0 ? -1 : end + 7;
  }
  return head + 4;
}

process.on("message", async (job: Job) => {
  process.send?.(await measure(job, (phase) => process.send?.(phase)));
});
process.on("disconnect", () => process.exit(0));
