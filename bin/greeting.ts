import type { DemoCredentials } from "@/lib/provisioning/demo";

/** Prints where the portal is and, at the first run, once, how to get in. */
export function greet(publicUrl: string, demo: DemoCredentials | null): void {
  const lines = ["", `  ServiceBroker Access  ${publicUrl}`, ""];
  if (demo) {
    const width = Math.max(...demo.people.map(({ email }) => email.length));
    lines.push(
      `  Shown once. Sign in at ${publicUrl}/sign-in as`,
      ...demo.people.map(
        ({ email, password, role }) => `    ${email.padEnd(width)}  ${password}  (${role})`,
      ),
      "",
      `  Default token of the demo Tenant ${demo.tenantName}:`,
      `    ${demo.defaultToken}`,
      "",
      "  Whose call is this?",
      `    curl -H "Authorization: Bearer ${demo.defaultToken}" ${publicUrl}/up/v5/verify`,
      "",
    );
  }
  process.stdout.write(`${lines.join("\n")}\n`);
}
