/** Fields as the query of a URL; what is undefined or empty is left out. "" without any. */
export function toQuery(fields: Record<string, string | undefined>): string {
  const given = Object.entries(fields).filter((field): field is [string, string] => !!field[1]);
  return given.length > 0 ? `?${new URLSearchParams(given)}` : "";
}

const isId = (value: string | null): value is string =>
  value !== null && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(value);

/** An id in a query, or undefined. */
export function idIn(params: URLSearchParams, name: string): string | undefined {
  const value = params.get(name);
  return isId(value) ? value : undefined;
}

/** Where a page by keyset begins or ends; one of both at most. */
export function edgesIn(params: URLSearchParams): { after?: string; before?: string } {
  const [after, before] = [idIn(params, "after"), idIn(params, "before")];
  return after ? { after } : before ? { before } : {};
}

/** One of a few values, or undefined. */
export const oneOf = <T extends string>(values: readonly T[], value: string | null) =>
  values.find((known) => known === value);

/** The query of a page as Next gives it; of a parameter that repeats, none. */
export const toParams = (query: Record<string, string | string[] | undefined>) =>
  new URLSearchParams(
    Object.entries(query).flatMap(([name, value]) =>
      typeof value === "string" ? [[name, value]] : [],
    ),
  );
