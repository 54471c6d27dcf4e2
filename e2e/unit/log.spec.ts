import { Writable } from "node:stream";
import { expect, test } from "@playwright/test";
import { DrizzleQueryError } from "drizzle-orm";
import { type Logger, pino } from "pino";
import { logOptions } from "@/lib/log";

function logged(write: (log: Logger) => void): string {
  let text = "";
  const sink = new Writable({
    write(chunk, _encoding, done) {
      text += chunk;
      done();
    },
  });
  write(pino(logOptions("info"), sink) as Logger);
  return text;
}

test.describe("the log", () => {
  test("tells of a failed query what went wrong, never with which values", () => {
    const cause = Object.assign(new Error("relation is gone"), { code: "42P01" });
    const error = new DrizzleQueryError("insert into users values ($1)", ["argon2-hash"], cause);
    const text = logged((log) => log.error({ err: error, requestId: "r-1" }, "unexpected"));
    expect(JSON.parse(text)).toMatchObject({
      level: "error",
      requestId: "r-1",
      err: { code: "42P01", message: "relation is gone" },
    });
    expect(text).not.toContain("argon2-hash");
  });

  test("cuts out fields that could hold a secret", () => {
    const text = logged((log) =>
      log.info({
        headers: { authorization: "Bearer sbat_x", cookie: "id=1" },
        body: { password: "p4ss" },
      }),
    );
    for (const secret of ["sbat_x", "id=1", "p4ss"]) expect(text).not.toContain(secret);
  });
});
