"use client";
import { Building2, ChevronRight, SearchX } from "lucide-react";
import Link from "next/link";
import { useState } from "react";
import { PaletteHost, PaletteIconButton } from "@/components/palette/palette-host";
import { Mark } from "@/components/shell/mark";
import { ShownWhole } from "@/components/shell/shown-whole";
import { UserButton } from "@/components/shell/user-button";
import type { ShellUser } from "@/components/shell/user-trigger";
import { Avatar } from "@/components/ui/avatar";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { SearchInput } from "@/components/ui/input";
import { LabelText } from "@/components/ui/label-text";
import { PageHeader } from "@/components/ui/page-header";
import { EmptyState } from "@/components/ui/state";
import { groupByDomain } from "@/lib/browser/domains";
import type { Theme } from "@/lib/browser/preferences";
import type { MyTenant } from "@/lib/browser/tenants";

type Choice = Pick<MyTenant, "id" | "name" | "domain" | "status">;

const searchFrom = 8;

/** The Tenants that a person may look at, grouped by Domain. */
export function TenantChooser({
  tenants,
  staffRole,
  user,
  theme,
}: {
  tenants: Choice[];
  staffRole: "support" | "operator" | null;
  user: ShellUser;
  theme: Theme;
}) {
  const [search, setSearch] = useState("");
  const wanted = search.trim().toLowerCase();
  const found = tenants.filter(({ id, name, domain }) =>
    [id, name.toLowerCase(), domain?.toLowerCase() ?? ""].some((text) => text.includes(wanted)),
  );
  return (
    <PaletteHost place={{ staffRole }}>
      <ShownWhole>
        <header className="flex h-13 items-center gap-2 border-line border-b px-4">
          <Mark />
          <span className="min-w-0 flex-1 truncate font-semibold">
            <span className={staffRole ? "sr-only sm:not-sr-only" : undefined}>
              ServiceBroker Access
            </span>
          </span>
          {staffRole && (
            <nav aria-label="Staff" className="flex gap-1">
              <Button asChild variant="ghost" size="sm">
                <Link href="/support">Support</Link>
              </Button>
              {staffRole === "operator" && (
                <Button asChild variant="ghost" size="sm">
                  <Link href="/operator">Operator</Link>
                </Button>
              )}
            </nav>
          )}
          <PaletteIconButton />
          <UserButton user={user} theme={theme} compact />
        </header>
      </ShownWhole>
      <main className="mx-auto max-w-180 px-4 py-7 sm:px-8">
        <PageHeader
          title="Tenants"
          description={tenants.length > 0 && "Choose the Tenant to look at."}
        />
        {tenants.length >= searchFrom && (
          <SearchInput
            label="Search Tenants"
            placeholder="Search name, Domain or EntityId"
            value={search}
            onChange={(event) => setSearch(event.target.value)}
            className="mb-4"
          />
        )}
        {tenants.length === 0 ? (
          <EmptyState icon={Building2} title="No Tenant yet">
            Your account belongs to no Tenant. Ask an admin of one to add {user.email}.
          </EmptyState>
        ) : found.length === 0 ? (
          <EmptyState icon={SearchX} title="No Tenant matches">
            None of {tenants.length} Tenants matches what you typed.
          </EmptyState>
        ) : (
          <div className="grid gap-5">
            {groupByDomain(found).map((group) => (
              <Group key={group.domain ?? ""} {...group} />
            ))}
          </div>
        )}
      </main>
    </PaletteHost>
  );
}

function Group({ domain, tenants }: { domain: string | null; tenants: Choice[] }) {
  return (
    <section aria-label={domain ?? "No Domain"} className="grid gap-1.5">
      <h2 className="text-muted text-sm">
        <LabelText>{domain ?? "No Domain"}</LabelText>
      </h2>
      <ul className="divide-y divide-line overflow-hidden rounded-lg border border-line bg-surface">
        {tenants.map((tenant) => (
          <li key={tenant.id}>
            <Link
              href={`/t/${tenant.id}`}
              className="flex min-h-12 items-center gap-3 px-3 py-2 hover:bg-hover focus-visible:-outline-offset-2"
            >
              <Avatar name={tenant.name} shape="square" className="size-7" />
              <LabelText className="min-w-0 flex-1 font-medium">{tenant.name}</LabelText>
              {tenant.status === "suspended" && <Badge tone="caution">Suspended</Badge>}
              <ChevronRight aria-hidden className="size-4 shrink-0 text-faint" />
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}
