/** What somebody pasted, without what stands around a token in a header. */
export const pastedText = (text: string): string =>
  text
    .trim()
    .replace(/^(authorization: *)?bearer +/i, "")
    .replace(/^secret-token:/i, "");
