import { Card, KeyValues } from "@/components/ui/card";
import { Code } from "@/components/ui/code";

/** What the box understands: before anything was searched for, and where nothing was found. */
export function SearchHelp() {
  return (
    <Card title="What you can search for">
      <KeyValues
        items={[
          {
            label: "A Tenant",
            value: "Part of its name, e-mail or Domain; its EntityId or SID.",
          },
          {
            label: "A token",
            value: (
              <>
                Its id, or its last characters: <Code className="whitespace-nowrap">…a1B2</Code>
              </>
            ),
          },
          {
            label: "A whole token",
            value:
              "Paste it to learn whose it is. It is hashed to be looked up: not stored, not logged, not in the address.",
          },
          { label: "A client", value: "Its ClientId, or one of its secrets or JWTs, whole." },
          {
            label: "A request",
            value: (
              <>
                The <Code>X-Request-Id</Code> of an answer: why the call was refused, or what it
                changed.
              </>
            ),
          },
        ]}
      />
    </Card>
  );
}
