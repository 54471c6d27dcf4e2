/** Where a page by keyset stands: after one row, before one, or at the beginning. */
type Edge = { after?: string; before?: string };

/**
 * Cuts a page of at most `limit` rows out of `limit + 1` that were read, and tells whether there
 * are more on either side. Whoever came from a side knows that it has rows.
 */
export function cutPage<T>(rows: T[], { after, before }: Edge, limit: number) {
  const more = rows.length > limit;
  const backwards = after === undefined && before !== undefined;
  return {
    rows: !more ? rows : backwards ? rows.slice(1) : rows.slice(0, limit),
    hasPrevious: backwards ? more : after !== undefined,
    hasNext: backwards ? true : more,
  };
}
