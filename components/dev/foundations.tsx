import { cn } from "@/components/ui/cn";
import { Row, Section } from "./section";

const grounds = ["canvas", "surface", "raised", "sunken", "hover", "pressed", "chosen"];
const texts = ["ink", "muted", "faint", "accent-ink", "positive-ink", "caution-ink", "danger-ink"];
const solids = ["accent", "accent-hover", "positive", "caution", "danger", "danger-hover", "focus"];
const lines = ["control", "edge", "line", "scrim"];
const softs = ["accent", "positive", "caution", "danger"];
const steps = [1, 1.5, 2, 2.5, 3, 4, 5, 6, 8];
const corners = ["rounded-xs", "rounded-sm", "rounded-md", "rounded-lg"];
const sizes = [
  { name: "xl 26/32", look: "font-semibold text-xl", text: "1,284,093 calls" },
  { name: "lg 20/28", look: "font-semibold text-lg", text: "Page: System Access Tokens" },
  { name: "md 16/24", look: "font-semibold text-md", text: "Dialog: Replace token" },
  {
    name: "base 14/20",
    look: "text-base",
    text: "Data and prose. A token never expires; it is revoked.",
  },
  { name: "sm 13/20", look: "text-muted text-sm", text: "Labels and hints. Last used 3 min ago." },
  { name: "xs 12/16", look: "text-faint text-xs", text: "Notes. Request 0198c1d2." },
  { name: "mono 13/20", look: "font-mono text-sm", text: "sbat_Yk3…q0Zt1 0Oo Il1 5S 8B" },
];

export function Foundations() {
  return (
    <>
      <Section title="Type">
        <dl className="grid grid-cols-[6rem_minmax(0,1fr)] items-baseline gap-y-2">
          {sizes.map(({ name, look, text }) => (
            <div key={name} className="contents">
              <dt className="text-faint text-xs">{name}</dt>
              <dd className={look}>{text}</dd>
            </div>
          ))}
        </dl>
      </Section>
      <Section title="Colour">
        <Swatches names={grounds} />
        <Swatches names={solids} />
        <Swatches names={lines} />
        <Row label="Text on surface">
          {texts.map((name) => (
            <span key={name} style={{ color: `var(--color-${name})` }} className="font-medium">
              {name}
            </span>
          ))}
        </Row>
        <Row label="Text on its soft ground">
          {softs.map((name) => (
            <span
              key={name}
              style={{
                color: `var(--color-${name}-ink)`,
                background: `var(--color-${name}-soft)`,
              }}
              className="rounded-md px-2.5 py-1 font-medium"
            >
              {name}-soft
            </span>
          ))}
        </Row>
      </Section>
      <Section title="Space and shape">
        <ul className="flex flex-wrap items-end gap-4 text-faint text-xs">
          {steps.map((step) => (
            <li key={step} className="grid justify-items-center gap-1">
              <span
                className="bg-accent"
                style={{ width: `${step / 4}rem`, height: `${step / 4}rem` }}
              />
              {step * 4} px
            </li>
          ))}
        </ul>
        <ul className="flex flex-wrap gap-4 text-faint text-xs">
          {[...corners, "shadow-control", "shadow-overlay"].map((name) => (
            <li key={name} className="grid justify-items-center gap-2">
              <span
                className={cn(
                  "size-14 bg-raised",
                  name.startsWith("shadow") ? `rounded-md ${name}` : `border border-edge ${name}`,
                )}
              />
              {name}
            </li>
          ))}
        </ul>
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
