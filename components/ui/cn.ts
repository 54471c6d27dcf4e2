import { type ClassValue, clsx } from "clsx";

// Utilities that set one box property by a step of a scale; variants in front are part of the key.
const SIZED =
  /^((?:[^\s[\]]+:|\[[^\]]*\]:)*-?(?:h|w|size|(?:min|max)-[hw]|[pm][xytrbl]?|gap(?:-[xy])?|rounded|z|text(?=-(?:xs|sm|base|md|lg|xl)\b)))-/;

/**
 * Class names joined. Of two that set the same size, space or corner the later wins, so that a
 * caller can resize a primitive; for all else, primitives and callers keep out of each other's way.
 * (A general merge of utilities costs 9 kB in each page.)
 */
export function cn(...classes: ClassValue[]): string {
  const last = new Map<string, string>();
  for (const name of clsx(classes).split(/\s+/)) {
    if (name) {
      const key = SIZED.exec(name)?.[1] ?? name;
      last.delete(key);
      last.set(key, name);
    }
  }
  return [...last.values()].join(" ");
}
