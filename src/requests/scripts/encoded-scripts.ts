import type { Span } from "../../diagnostics/lines.ts";

/** How a script that names its interpreter, a configuration of cloud-init, or a command of `aws` begins in base64. */
export const ENCODED_BEGINNINGS = ["IyEvYmluL", "IyEvdXNyL", "I2Nsb3VkLWNvbmZpZ", "YXdzI"] as const;

const ENCODED = new RegExp(ENCODED_BEGINNINGS.join("|"));

/** Whether a text may hold a script in base64, which names nothing that could be looked for. */
export const holdsEncodedScript = (text: string): boolean => ENCODED.test(text);

/** A word of a command that may hold a script in base64, whatever that begins with, or in hexadecimal digits. */
const ENCODED_WORD = /(?<![A-Za-z0-9+/_-])[A-Za-z0-9+/_-]{24,}={0,2}(?![A-Za-z0-9+/=_-])/g;

/** `powershell -EncodedCommand` takes base64 of UTF-16. */
const ENCODINGS = [
  ["base64", "utf8"],
  ["base64", "utf16le"],
  ["hex", "utf8"],
] as const;

/** The words of a command that hold an encoded text with `aws` in it. */
export const listDecodedWords = (text: string): { span: Span; decoded: string }[] =>
  [...text.matchAll(ENCODED_WORD)].flatMap(({ 0: word, index }) =>
    ENCODINGS.map(([encoding, charset]) => Buffer.from(word, encoding).toString(charset))
      .filter((decoded) => /aws/i.test(decoded))
      .slice(0, 1)
      .map((decoded) => ({ span: { start: index, end: index + word.length }, decoded })),
  );
