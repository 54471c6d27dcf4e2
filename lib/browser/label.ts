/** What is wrong with a label, in words; undefined where nothing is. The server decides. */
export function labelProblem(text: string): string | undefined {
  const label = text.trim();
  if (label === "") return "Give it a label.";
  if ([...label].length > 100) return "A label has at most 100 characters.";
  if (/\p{Cc}|\p{Cs}/u.test(label)) return "A label holds no control characters.";
}
