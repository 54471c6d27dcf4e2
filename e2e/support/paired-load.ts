import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { sql } from "drizzle-orm";
import { drizzle, type PostgresJsDatabase } from "drizzle-orm/postgres-js";
import type { Facade } from "@/db/facade";
import { findDatabaseUnavailable } from "@/db/unavailable";

/**
 * Writes rows in pairs, as tokens and their audit events are written, and reads them, all the
 * time; remembers for each pair what its writer was told.
 */
export class PairedLoad {
  /** Told: committed. */
  readonly acknowledged = new Set<string>();
  /** Told: surely not committed. */
  readonly refused = new Set<string>();
  /** Told: it may have been committed. */
  readonly uncertain = new Set<string>();
  /** Failures that were not said to be the database's. */
  readonly unexpected: unknown[] = [];
  reads = 0;
  #db: PostgresJsDatabase;
  #running = true;
  #loops: Promise<unknown>;

  /** Half of the writers use a transaction, half one statement. */
  constructor(facade: Facade, writers: number) {
    this.#db = drizzle(facade);
    const write = [this.#transaction, this.#statement];
    this.#loops = Promise.all([
      ...Array.from({ length: writers }, (_, n) => this.#write(write[n % 2] ?? this.#statement)),
      ...Array.from({ length: 4 }, () => this.#read()),
    ]);
  }

  static async createTables(facade: Facade): Promise<void> {
    await facade.unsafe("create table things (id uuid primary key)");
    await facade.unsafe("create table events (thing_id uuid primary key)");
  }

  /** Ends the load once each call in flight has ended. */
  async stop(): Promise<void> {
    this.#running = false;
    await this.#loops;
  }

  async stored(): Promise<{ things: Set<string>; events: Set<string> }> {
    const things = await this.#db.execute<{ id: string }>(sql`select id from things`);
    const events = await this.#db.execute<{ id: string }>(sql`select thing_id as id from events`);
    return { things: new Set(things.map((r) => r.id)), events: new Set(events.map((r) => r.id)) };
  }

  async #write(pair: (id: string) => Promise<unknown>): Promise<void> {
    while (this.#running) {
      const id = randomUUID();
      try {
        await pair(id);
        this.acknowledged.add(id);
      } catch (error) {
        const unavailable = findDatabaseUnavailable(error);
        if (!unavailable) this.unexpected.push(error);
        else (unavailable.outcomeUnknown ? this.uncertain : this.refused).add(id);
        await sleep(10);
      }
    }
  }

  async #read(): Promise<void> {
    while (this.#running) {
      try {
        await this.#db.execute(sql`select count(*) from things where id = ${randomUUID()}`);
        this.reads++;
      } catch (error) {
        if (!findDatabaseUnavailable(error)) this.unexpected.push(error);
        await sleep(10);
      }
    }
  }

  /** With pauses in which the connection may go while no statement is under way. */
  #transaction = (id: string) =>
    this.#db.transaction(async (tx) => {
      await tx.execute(sql`insert into things values (${id})`);
      await sleep(Math.random() * 6);
      await tx.transaction((nested) => nested.execute(sql`insert into events values (${id})`));
      if (Math.random() < 0.5) await sleep(Math.random() * 6);
    });

  #statement = (id: string) =>
    this.#db.execute(sql`
      with thing as (insert into things values (${id}) returning id)
      insert into events select id from thing`);
}
