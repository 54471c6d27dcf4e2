/** One call of a recorded history; times in milliseconds of one clock. */
export type Call = {
  credential: string;
  start: number;
  end: number;
  /** What a verification said, or that this call took the credential's goodness away. */
  outcome: "accepted" | "refused" | "revoked";
};

export type Violation = { rule: string; credential: string; call: Call };

/**
 * Checks a history against the three rules of revocation: no accepting verification starts after a
 * revocation was acknowledged; no refusing one ends before the first revocation started; no
 * accepting one starts after a refusing one ended.
 */
export function findViolations(history: Call[]): Violation[] {
  const violations: Violation[] = [];
  for (const [credential, calls] of grouped(history)) {
    const of = (outcome: Call["outcome"]) => calls.filter((call) => call.outcome === outcome);
    const least = (times: number[]) => times.reduce((a, b) => Math.min(a, b), Infinity);
    const acknowledged = least(of("revoked").map(({ end }) => end));
    const begun = least(of("revoked").map(({ start }) => start));
    const refused = least(of("refused").map(({ end }) => end));
    const note = (rule: string, call: Call) => violations.push({ rule, credential, call });
    for (const call of of("accepted")) {
      if (call.start > acknowledged) note("accepted after its revocation was acknowledged", call);
      if (call.start > refused) note("accepted after it had been refused", call);
    }
    for (const call of of("refused")) {
      if (call.end < begun) note("refused before its revocation began", call);
    }
  }
  return violations;
}

function grouped(history: Call[]): Map<string, Call[]> {
  const groups = new Map<string, Call[]>();
  for (const call of history) {
    const group = groups.get(call.credential);
    if (group) group.push(call);
    else groups.set(call.credential, [call]);
  }
  return groups;
}
