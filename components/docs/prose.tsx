import { Code } from "@/components/ui/code";

/** A sentence of the OpenAPI document, with what stands in backticks as code. */
export function Prose({ children }: { children: string }) {
  return children.split("`").map((part, index) =>
    index % 2 === 1 ? (
      // biome-ignore lint/suspicious/noArrayIndexKey: the parts of one sentence never move.
      <Code key={index}>{part}</Code>
    ) : (
      part
    ),
  );
}
