import { writeFileSync } from "node:fs";
import type {
  FullConfig,
  FullResult,
  Reporter,
  Suite,
  TestCase,
  TestError,
} from "@playwright/test/reporter";

/** What a run came to. A flaky test passed in the end, and is listed by name. */
export type Counts = { passed: number; failed: number; skipped: number; flaky: string[] };

/**
 * The line that ends every run: `12 passed, 0 failed`, with `, 1 skipped` only when there is one.
 *
 * @param counts of a run
 */
export function summaryLine({ passed, failed, skipped }: Counts): string {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ""}`;
}

/**
 * Prints the summary as its very last line, from the outcomes of the tests themselves; an error
 * outside any test (a spec that does not load, a failed global setup) counts as a failure. A run in
 * which nothing passed or failed is a failed run.
 */
export default class SummaryReporter implements Reporter {
  private suite: Suite | undefined;
  private readonly errors: TestError[] = [];
  private line = "";

  onBegin(_config: FullConfig, suite: Suite): void {
    this.suite = suite;
  }

  onError(error: TestError): void {
    this.errors.push(error);
  }

  async onEnd(result: FullResult): Promise<{ status: FullResult["status"] }> {
    if (process.argv.includes("--list")) return { status: result.status };
    const counts = count(this.suite?.allTests() ?? [], this.errors.length);
    if (result.status !== "passed" && counts.failed === 0) counts.failed = 1;
    for (const title of counts.flaky) process.stdout.write(`flaky: ${title}\n`);
    this.line = summaryLine(counts);
    const ran = counts.passed + counts.failed > 0;
    return { status: ran ? result.status : "failed" };
  }

  async onExit(): Promise<void> {
    if (this.line === "") return;
    const file = process.env.BROKER_TEST_SUMMARY;
    if (file) writeFileSync(file, this.line);
    await new Promise<void>((resolve) => process.stdout.write(`${this.line}\n`, () => resolve()));
  }

  printsToStdio(): boolean {
    return true;
  }
}

function count(tests: TestCase[], errors: number): Counts {
  const counts: Counts = { passed: 0, failed: errors, skipped: 0, flaky: [] };
  for (const test of tests) {
    const outcome = test.outcome();
    if (outcome === "skipped") counts.skipped += 1;
    else if (outcome === "unexpected") counts.failed += 1;
    else counts.passed += 1;
    if (outcome === "flaky") counts.flaky.push(test.titlePath().filter(Boolean).join(" > "));
  }
  return counts;
}
