import { Code } from "@/components/ui/code";

/** A description of the document: what stands between backticks is code. */
export function Prose({ children }: { children: string }) {
  return children.split("`").map((part, index) =>
    // biome-ignore lint/suspicious/noArrayIndexKey: the parts of one sentence keep their order.
    index % 2 === 1 ? <Code key={index}>{part}</Code> : part,
  );
}
