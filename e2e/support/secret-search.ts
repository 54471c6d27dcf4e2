/** Something that must stay secret, and what it is, for people. */
export type Issued = { what: string; value: string | Buffer };

/** As many characters of a secret, in one piece, count as the secret found. */
const pieceLength = 16;

/**
 * Looks for secrets in a text: as they are (whole or any piece of 16 characters), escaped as JSON
 * or as COPY has it, percent-encoded, in hex, and in both kinds of base64 wherever a group of three
 * bytes begins.
 *
 * @returns a line for each secret and form that was found; never the secret
 */
export function findSecrets(text: string, issued: Issued[]): string[] {
  const lower = text.toLowerCase();
  const found: string[] = [];
  for (const { what, value } of issued) {
    for (const [form, needles] of Object.entries(formsOf(value))) {
      const hay = form === "hex" || form.startsWith("percent") ? lower : text;
      if (needles.some((needle) => hay.includes(needle))) found.push(`${what}, ${form}`);
    }
  }
  return found;
}

function formsOf(value: string | Buffer): Record<string, string[]> {
  const bytes = Buffer.from(value as string);
  const forms: Record<string, string[]> = {
    hex: [bytes.toString("hex")],
    base64: base64Of(bytes),
    base64url: base64Of(bytes).map((part) => part.replace(/\+/g, "-").replace(/\//g, "_")),
    "percent-encoded": [percentEveryByte(bytes)],
  };
  if (typeof value !== "string") return forms;
  return {
    ...forms,
    raw: piecesOf(value),
    escaped: [JSON.stringify(value).slice(1, -1), value.replace(/\\/g, "\\\\")],
    "percent-encoded where it must be": [
      encodeURIComponent(value).toLowerCase(),
      new URLSearchParams({ v: value }).toString().slice(2).toLowerCase(),
    ],
  };
}

/** What base64 of a longer text holds for certain of these bytes, for each place they can begin at. */
function base64Of(bytes: Buffer): string[] {
  return [0, 1, 2].map((offset) => {
    const encoded = Buffer.concat([Buffer.alloc(offset), bytes]).toString("base64");
    const whole = Math.floor(((offset + bytes.length) * 8) / 6);
    return encoded.slice(Math.ceil((offset * 8) / 6), whole);
  });
}

function piecesOf(value: string): string[] {
  const count = Math.max(1, value.length - pieceLength + 1);
  return Array.from({ length: count }, (_, i) => value.slice(i, i + pieceLength));
}

const percentEveryByte = (bytes: Buffer): string =>
  bytes.toString("hex").replace(/../g, (pair) => `%${pair}`);
