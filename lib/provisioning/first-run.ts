import { v7 as uuidv7 } from "uuid";
import { onPlatform } from "@/db/client";
import { takeLock } from "@/db/queries/locks";
import { findMasterTenant, insertTenant, listTenants } from "@/db/queries/tenants";
import { anyUser } from "@/db/queries/users";
import { recordEvent } from "@/lib/audit/record";
import type { ServicePrincipal } from "@/lib/principal";
import { type DemoCredentials, provisionDemo } from "@/lib/provisioning/demo";
import { auditedTenant, generateSid } from "@/lib/tenants/tenant";

const firstRun: ServicePrincipal = {
  kind: "service",
  name: "first run",
  origin: { requestId: "first-run", address: null, userAgent: null },
};

/** Creates the master Tenant unless it exists; safe when many start at once. */
export async function ensureMasterTenant(): Promise<void> {
  await onPlatform(async (tx) => {
    await takeLock(tx, "first-run");
    if (await findMasterTenant(tx)) return;
    const master = await insertTenant(tx, {
      id: uuidv7(),
      name: "ServiceBroker",
      email: "operator@servicebroker.example",
      sid: generateSid(),
      isMaster: true,
    });
    if (!master) return;
    await recordEvent(tx, firstRun, {
      tenantId: master.id,
      action: "tenant.provisioned",
      target: { type: "tenant", id: master.id, name: master.name },
      after: auditedTenant(master),
    });
  });
}

/**
 * Creates the demo Tenant and its people in a database that holds nobody yet.
 * @returns what to print once, or null where there was something already.
 */
export async function ensureDemo(): Promise<DemoCredentials | null> {
  const isEmpty = await onPlatform(async (tx) => {
    const others = (await listTenants(tx, { deleted: true, limit: 2 })).filter((t) => !t.isMaster);
    return others.length === 0 && !(await anyUser(tx));
  });
  return isEmpty ? provisionDemo(firstRun) : null;
}
