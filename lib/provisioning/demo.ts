import { isAppError } from "@/lib/errors";
import type { Principal } from "@/lib/principal";
import { provisionTenant } from "@/lib/tenants/provision";
import { issueToken } from "@/lib/tokens/issue";
import { createUser } from "@/lib/users/create";

/** Fixed, so that of several first starts at once only one can make the demo Tenant. */
const demoTenantId = "0d3f0000-0000-4000-8000-000000000001";

export type DemoCredentials = {
  tenantId: string;
  tenantName: string;
  defaultToken: string;
  people: { email: string; password: string; role: string }[];
};

const systems = ["ServiceScheduling", "ServiceMobility", "Acme ERP (customer system)"];
const people = [
  { email: "admin@acme.example", name: "Alex Admin", role: "admin" },
  { email: "viewer@acme.example", name: "Vic Viewer", role: "viewer" },
  { email: "support@servicebroker.example", name: "Sam Support", staffRole: "support" },
  { email: "operator@servicebroker.example", name: "Olli Operator", staffRole: "operator" },
] as const;

/** Makes "Acme Field Services" with tokens and people; null where another start was first. */
export async function provisionDemo(principal: Principal): Promise<DemoCredentials | null> {
  const provisioned = await provisionTenant(principal, {
    id: demoTenantId,
    name: "Acme Field Services",
    email: "it@acme.example",
    domain: "acme.example",
    description: "A demo Tenant to look around in.",
  }).catch((error: unknown) => {
    if (isAppError(error) && error.code === "conflict") return null;
    throw error;
  });
  if (!provisioned) return null;
  const { tenant, defaultToken } = provisioned;
  for (const name of systems) await issueToken(principal, { tenantId: tenant.id, name });
  const credentials: DemoCredentials = {
    tenantId: tenant.id,
    tenantName: tenant.name,
    defaultToken: defaultToken.secret,
    people: [],
  };
  for (const person of people) {
    const { email, name } = person;
    const place =
      "role" in person
        ? { tenantId: tenant.id, role: person.role }
        : { staffRole: person.staffRole };
    const { password } = await createUser(principal, { email, name, ...place });
    const role = "role" in person ? `${person.role} of ${tenant.name}` : person.staffRole;
    credentials.people.push({ email, password, role });
  }
  return credentials;
}
