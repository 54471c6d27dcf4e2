import { expect } from "@playwright/test";
import type { Answer } from "./call";

/**
 * Expects the Standard Response Object of contract §8, and nothing that tells of our insides.
 *
 * @param paths what `Errors` must name, each at least once
 */
export function expectError(answer: Answer, status: number, code: string, paths: string[] = []) {
  expect(answer.status, answer.text).toBe(status);
  expect(answer.body).toMatchObject({
    Code: code,
    Message: expect.stringMatching(/\S/),
    RequestId: answer.headers.get("x-request-id"),
  });
  expect(answer.headers.get("content-type")).toBe("application/json");
  expect(answer.headers.get("cache-control")).toBe("no-store");
  expect(answer.text).not.toMatch(/\bat .+:\d+:\d+|select |insert |postgres/i);
  const named = (answer.body.Errors ?? []).map(({ Path }: { Path: string }) => Path);
  expect(named).toEqual(expect.arrayContaining(paths));
}

/** Expects two answers to be the same, byte for byte but for the request id. */
export function expectSame(one: Answer, other: Answer) {
  expect(shape(one)).toEqual(shape(other));
}

/** Status, headers and body without what differs from request to request. */
export function shape({ status, headers, text }: Answer) {
  const id = headers.get("x-request-id") ?? "";
  const kept = [...headers].filter(([name]) => !["date", "x-request-id"].includes(name));
  return { status, headers: Object.fromEntries(kept), text: text.replaceAll(id, "{request id}") };
}
