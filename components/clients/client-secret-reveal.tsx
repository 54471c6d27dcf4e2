import { SecretReveal } from "@/components/tokens/secret-reveal";
import { CodeBlock, SecretField } from "@/components/ui/code";
import type { ClientWithSecret } from "@/lib/browser/clients";

/** A secret just made, with the ClientId that goes with it and a call that gets a JWT. */
export function ClientSecretReveal({
  client,
  tokenUrl,
  onDone,
}: {
  client: ClientWithSecret;
  tokenUrl: string;
  onDone: () => void;
}) {
  return (
    <SecretReveal what="secret" label="Client secret" secret={client.secret} named onDone={onDone}>
      <SecretField label="ClientId" value={client.clientId} named variant="secondary" />
      <CodeBlock label="Get a JWT">
        {`curl -u ${client.clientId}:${client.secret} -d grant_type=client_credentials ${tokenUrl}`}
      </CodeBlock>
    </SecretReveal>
  );
}
