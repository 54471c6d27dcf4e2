/**
 * Round marks for an axis of counts, from nil to at least `max`, five at most: none of
 * them needs more than one decimal in formatCompact, so that no mark is named for another number.
 * @param max the largest count that is drawn
 */
export function axisMarks(max: number): number[] {
  const drawn = Math.max(max, 4);
  const least = drawn / 4;
  const power = 10 ** Math.floor(Math.log10(least));
  const step = [1, 2, 5, 10].map((round) => round * power).find((size) => size >= least) as number;
  return Array.from({ length: Math.ceil(drawn / step) + 1 }, (_, index) => index * step);
}

/** What a name under an axis takes at least, with room beside it, in px. */
const room = 68;

/**
 * The places of the bars that are named under an axis: the last, and backwards from it every so
 * many, evenly, as there is room.
 * @param count how many bars
 * @param width of all of them, in px
 */
export function namedBars(count: number, width: number): number[] {
  const stride = Math.max(1, Math.ceil((count * room) / Math.max(width, room)));
  const places: number[] = [];
  for (let place = count - 1; place >= 0; place -= stride) places.unshift(place);
  return places;
}
