/**
 * A queue that serves its lanes in turn: whoever fills one waits behind itself, not before others.
 */
export class FairQueue<Item> {
  /** What came last, not sorted into lanes yet: while few wait, nobody needs turns. */
  #recent: Item[] = [];
  #lanesOfRecent: string[] = [];
  readonly #lanes = new Map<string, Item[]>();
  #size = 0;

  get size(): number {
    return this.#size;
  }

  push(lane: string, item: Item): void {
    this.#recent.push(item);
    this.#lanesOfRecent.push(lane);
    this.#size++;
  }

  /** Up to `most` items: one of each lane in turn, the oldest of a lane first. */
  take(most: number): Item[] {
    if (this.#size <= most && this.#lanes.size === 0) return this.#takeRecent();
    this.#sort();
    const taken: Item[] = [];
    while (taken.length < most) {
      const first = this.#lanes.entries().next().value;
      if (!first) break;
      const [lane, items] = first;
      taken.push(items.shift() as Item);
      this.#lanes.delete(lane);
      // To the end of the Map, which keeps the order of insertion: its next turn comes last.
      if (items.length > 0) this.#lanes.set(lane, items);
    }
    this.#size -= taken.length;
    return taken;
  }

  #takeRecent(): Item[] {
    const taken = this.#recent;
    this.#recent = [];
    this.#lanesOfRecent = [];
    this.#size = 0;
    return taken;
  }

  #sort(): void {
    for (const [at, item] of this.#recent.entries()) {
      const lane = this.#lanesOfRecent[at] as string;
      const items = this.#lanes.get(lane);
      if (items) items.push(item);
      else this.#lanes.set(lane, [item]);
    }
    this.#recent = [];
    this.#lanesOfRecent = [];
  }

  /** Makes room: takes the youngest item off the longest lane, where that is longer than `lane`. */
  displace(lane: string): Item | undefined {
    this.#sort();
    let longest = this.#lanes.get(lane) ?? [];
    for (const items of this.#lanes.values()) if (items.length > longest.length) longest = items;
    if (longest === this.#lanes.get(lane) || longest.length <= 1) return undefined;
    this.#size--;
    return longest.pop();
  }

  /** Takes out every item that `isOver`; within a lane the oldest come first. */
  sweep(isOver: (item: Item) => boolean): Item[] {
    this.#sort();
    const swept: Item[] = [];
    for (const [lane, items] of this.#lanes) {
      let count = 0;
      while (count < items.length && isOver(items[count] as Item)) count++;
      swept.push(...items.splice(0, count));
      if (items.length === 0) this.#lanes.delete(lane);
    }
    this.#size -= swept.length;
    return swept;
  }
}
