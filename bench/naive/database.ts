import { drizzle } from "drizzle-orm/postgres-js";
import postgres from "postgres";
import * as schema from "@/db/schema";

export const database = drizzle(
  postgres(process.env.DATABASE_URL as string, { max: 10, fetch_types: false }),
  { schema },
);
