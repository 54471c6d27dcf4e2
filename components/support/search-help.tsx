import { Card, KeyValues } from "@/components/ui/card";
import { Code } from "@/components/ui/code";

/** What the box understands, before anything was searched for. */
export function SearchHelp() {
  return (
    <Card title="What you can search for">
      <KeyValues
        items={[
          {
            label: "A Tenant",
            value: "A part of its name, e-mail or Domain; its EntityId or SID.",
          },
          {
            label: "A token",
            value: (
              <>
                The end of its hint, such as <Code>…a1B2</Code>; its id.
              </>
            ),
          },
          {
            label: "A whole token",
            value:
              "Paste it to learn whose it is. It is hashed to be looked up, and neither stored nor logged nor put into the address.",
          },
          { label: "A client", value: "Its ClientId; or one of its secrets or JWTs, whole." },
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
