import { expect, test } from "@playwright/test";
import { parseSettings } from "@/lib/settings";

const parse = (environment: Record<string, string>) =>
  parseSettings(environment as unknown as NodeJS.ProcessEnv);

test.describe("settings", () => {
  test("have a default each: nothing need be set", () => {
    expect(parse({})).toMatchObject({
      PORT: 3000,
      BROKER_DATA_DIR: ".data",
      BROKER_DEMO: true,
      publicUrl: "http://localhost:3000",
    });
  });

  test("that are empty count as not set", () => {
    expect(parse({ PORT: "", DATABASE_URL: "" })).toMatchObject({ PORT: 3000 });
  });

  test("that are wrong are all named at once", () => {
    const wrong = {
      PORT: "many",
      DATABASE_URL: "mysql://db/broker",
      BROKER_PUBLIC_URL: "broker.example.com",
      BROKER_DEMO: "maybe",
      LOG_LEVEL: "loud",
    };
    for (const name of Object.keys(wrong)) expect(() => parse(wrong)).toThrow(name);
  });

  test("drop the slash at the end of the public URL", () => {
    expect(parse({ BROKER_PUBLIC_URL: "https://a.example/" }).publicUrl).toBe("https://a.example");
  });
});
