import { isUnchanged } from "@/lib/audit/event";
import type { AuditEvent, ChainReport } from "@/lib/audit/schema";

export type BadEvent = NonNullable<ChainReport["firstBad"]>;

const noPredecessor = "0".repeat(64);

/** Follows one Tenant's chain, event by event; remembers the first that doesn't hold. */
export class ChainCheck {
  readonly tenantId: string;
  events = 0;
  sequence = 0;
  hash = noPredecessor;
  firstBad: BadEvent | null = null;

  constructor(tenantId: string) {
    this.tenantId = tenantId;
  }

  /** Takes the next event. Whether the chain holds so far. */
  add(event: AuditEvent): boolean {
    this.events++;
    const expected = this.sequence + 1;
    if (event.tenantId !== this.tenantId) return this.fail(expected, event.id, "edited");
    if (event.sequence > expected) return this.fail(expected, null, "removed");
    if (event.sequence < expected) return this.fail(event.sequence, event.id, "out-of-order");
    if (!isUnchanged(event) || event.previousHash !== this.hash) {
      return this.fail(event.sequence, event.id, "edited");
    }
    this.sequence = event.sequence;
    this.hash = event.hash;
    return this.firstBad === null;
  }

  fail(sequence: number, id: string | null, reason: BadEvent["reason"]): false {
    this.firstBad ??= { tenantId: this.tenantId, sequence, id, reason };
    return false;
  }

  get report(): ChainReport {
    return { ok: this.firstBad === null, events: this.events, firstBad: this.firstBad };
  }
}
