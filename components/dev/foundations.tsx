import { Row, Section } from "./section";

const grounds = ["canvas", "surface", "raised", "sunken", "hover", "pressed"];
const texts = ["ink", "muted", "faint", "accent-ink", "positive-ink", "caution-ink", "danger-ink"];
const solids = ["accent", "positive", "caution", "danger", "control", "edge", "line"];

export function Foundations() {
  return (
    <>
      <Section title="Type">
        <div className="grid gap-2">
          <p className="font-semibold text-xl">1,284,093 calls</p>
          <p className="font-semibold text-lg">Page: System Access Tokens</p>
          <p className="font-semibold text-md">Dialog: Replace a token</p>
          <p className="text-base">Data and prose, 14 px. A token never expires; it is revoked.</p>
          <p className="text-muted text-sm">Labels and hints, 13 px. Last used 3 min ago.</p>
          <p className="text-faint text-xs">Notes, 12 px. Request 0198c1d2.</p>
          <p className="font-mono text-sm">sbat_Yk3…q0Zt1 0Oo Il1 5S 8B</p>
        </div>
      </Section>
      <Section title="Colour">
        <Swatches names={grounds} />
        <Swatches names={solids} />
        <Row label="Text on surface">
          {texts.map((name) => (
            <span key={name} style={{ color: `var(--color-${name})` }} className="font-medium">
              {name}
            </span>
          ))}
        </Row>
      </Section>
    </>
  );
}

function Swatches({ names }: { names: string[] }) {
  return (
    <ul className="grid grid-cols-3 gap-2 sm:grid-cols-7">
      {names.map((name) => (
        <li key={name} className="grid gap-1 text-muted text-xs">
          <span
            className="h-10 rounded-md border border-line"
            style={{ background: `var(--color-${name})` }}
          />
          {name}
        </li>
      ))}
    </ul>
  );
}
