/** Slots of the table: 256 KiB, whatever is shown. */
const slots = 1 << 16;

/**
 * Which marks were seen before, as far as a table of fixed size can tell: one forgets another that
 * comes to lie in its place, and in 4,000 million one is taken for another. Enough to decide what is
 * worth keeping, for the price of one look into memory; good for nothing that must be right.
 */
export class Sightings {
  readonly #tags = new Uint32Array(slots);

  /** Whether a mark was seen before. From now on it was. */
  note(mark: string): boolean {
    let tag = 0x811c9dc5;
    let other = 0;
    for (let i = 0; i < mark.length; i++) {
      const code = mark.charCodeAt(i);
      // FNV-1a (RFC 9923 section 2), beside a sum of another kind.
      tag = Math.imul(tag ^ code, 0x01000193);
      other = (Math.imul(other, 31) + code) | 0;
    }
    tag >>>= 0;
    const slot = other & (slots - 1);
    if (this.#tags[slot] === tag) return true;
    this.#tags[slot] = tag;
    return false;
  }
}
