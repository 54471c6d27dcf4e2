/** Groups Tenants by Domain, those without one last; the order within a group is kept. */
export function groupByDomain<T extends { domain: string | null }>(
  tenants: readonly T[],
): { domain: string | null; tenants: T[] }[] {
  const groups = new Map<string | null, T[]>();
  for (const tenant of tenants) {
    const group = groups.get(tenant.domain);
    if (group) group.push(tenant);
    else groups.set(tenant.domain, [tenant]);
  }
  return [...groups]
    .map(([domain, members]) => ({ domain, tenants: members }))
    .sort((a, b) =>
      a.domain === null ? 1 : b.domain === null ? -1 : a.domain.localeCompare(b.domain, "en"),
    );
}
