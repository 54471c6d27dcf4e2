import { customType, timestamp } from "drizzle-orm/pg-core";

/** `bytea` as a Node `Buffer`; drivers that hand back hex text are covered too. */
export const bytea = customType<{ data: Buffer; driverData: Buffer | string }>({
  dataType: () => "bytea",
  toDriver: (value) => value,
  fromDriver: (value) =>
    typeof value === "string" ? Buffer.from(value.replace(/^\\x/, ""), "hex") : Buffer.from(value),
});

/** A point in time, `timestamptz(3)`: milliseconds are all that the wire shows. */
export const instant = (name: string) =>
  timestamp(name, { withTimezone: true, precision: 3, mode: "date" });
