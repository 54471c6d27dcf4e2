import { expect, test } from "@playwright/test";
import { createBatcher } from "@/db/batcher";
import { FairQueue } from "@/db/fair-queue";

const options = { inFlight: 1, enough: 2, slow: 5, batch: 2, queue: 4, patience: 60_000 };
const asIs = (value: string) => value;
const turn = () => new Promise((resolve) => setImmediate(resolve));

/** A query that answers when told to. */
function held() {
  const sent: { keys: string[]; answer: () => void; fail: (error: Error) => void }[] = [];
  const run = (keys: string[]) =>
    new Promise<string[]>((resolve, reject) => {
      sent.push({ keys, answer: () => resolve(keys.map((key) => `${key}!`)), fail: reject });
    });
  return { sent, run };
}

test.describe("look-ups in batches", () => {
  test("a key joins only a query that has not been sent", async () => {
    const { sent, run } = held();
    const look = createBatcher(run, options);
    const first = look("a", "one", "a", asIs);
    await turn();
    const again = look("a", "one", "a", asIs);
    expect(sent.map(({ keys }) => keys)).toEqual([["a"]]);
    sent[0]?.answer();
    expect(await first).toBe("a!");
    await turn();
    expect(sent.map(({ keys }) => keys)).toEqual([["a"], ["a"]]);
    sent[1]?.answer();
    expect(await again).toBe("a!");
  });

  test("the same key asked for twice before its query is sent is looked up once", async () => {
    const { sent, run } = held();
    const look = createBatcher(run, options);
    const all = ["one", "two", "three"].map((lane) =>
      look("a", lane, "a", (value) => value + lane),
    );
    await turn();
    sent[0]?.answer();
    expect(await Promise.all(all)).toEqual(["a!one", "a!two", "a!three"]);
    expect(sent.map(({ keys }) => keys)).toEqual([["a"]]);
  });

  test("what can't be made of a value fails the one who asked for it, and nobody else", async () => {
    const { sent, run } = held();
    const look = createBatcher(run, options);
    const fails = look("a", "one", "a", () => {
      throw new Error("not this one");
    });
    const others = [look("a", "two", "a", asIs), look(null, "one", "b", asIs)];
    await turn();
    sent[0]?.answer();
    await expect(fails).rejects.toThrow("not this one");
    expect(await Promise.all(others)).toEqual(["a!", "b!"]);
  });

  test("a query goes out beside another only when enough keys wait or the other is slow", async () => {
    const { sent, run } = held();
    const look = createBatcher(run, { ...options, inFlight: 2, enough: 3, slow: 60, batch: 8 });
    const keysSent = () => sent.map(({ keys }) => keys);
    const ask = (key: string) => void look(key, "one", key, asIs);
    ask("a");
    await turn();
    ask("b");
    await turn();
    expect(keysSent()).toEqual([["a"]]);
    ask("c");
    ask("d");
    await turn();
    expect(keysSent()).toEqual([["a"], ["b", "c", "d"]]);
    ask("e");
    await turn();
    sent[0]?.answer();
    sent[1]?.answer();
    await turn();
    expect(keysSent().at(-1)).toEqual(["e"]);
    ask("f");
    await new Promise((resolve) => setTimeout(resolve, 80));
    expect(sent).toHaveLength(3);
    ask("g");
    await turn();
    expect(keysSent().at(-1)).toEqual(["f", "g"]);
  });

  test("when no more may wait, the longest lane gives way, and a lone flood is refused", async () => {
    const { sent, run } = held();
    const look = createBatcher(run, options);
    const outcome = (promise: Promise<string>) => promise.catch(({ code }) => code as string);
    void look("busy", "x", "busy", asIs);
    await turn();
    const flood = ["f1", "f2", "f3", "f4", "f5"].map((key) =>
      outcome(look(key, "flood", key, asIs)),
    );
    const quiet = outcome(look("q", "quiet", "q", asIs));
    expect(await flood[4]).toBe("overloaded");
    expect(await flood[3]).toBe("overloaded");
    sent[0]?.answer();
    await turn();
    expect(sent[1]?.keys).toEqual(["f1", "q"]);
    sent[1]?.answer();
    expect(await quiet).toBe("q!");
    await turn();
    sent[2]?.answer();
    expect(await Promise.all(flood.slice(0, 3))).toEqual(["f1!", "f2!", "f3!"]);
  });

  test("what has waited too long is refused, and a failed query fails its own keys only", async () => {
    const { sent, run } = held();
    const look = createBatcher(run, { ...options, patience: 40 });
    const stuck = look("a", "one", "a", asIs);
    await turn();
    await expect(look("b", "one", "b", asIs)).rejects.toMatchObject({ code: "overloaded" });
    const next = look("c", "one", "c", asIs);
    sent[0]?.fail(new Error("gone"));
    await expect(stuck).rejects.toThrow("gone");
    await turn();
    sent[1]?.answer();
    expect(await next).toBe("c!");
  });
});

test("a fair queue takes one of each lane in turn", () => {
  const queue = new FairQueue<string>();
  for (const item of ["a1", "a2", "a3", "a4"]) queue.push("a", item);
  queue.push("b", "b1");
  expect(queue.take(3)).toEqual(["a1", "b1", "a2"]);
  expect(queue.take(9)).toEqual(["a3", "a4"]);
  expect(queue.size).toBe(0);
});
