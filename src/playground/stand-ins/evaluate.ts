/**
 * Code that comes as text: parts of the library that are loaded later, and schemas that are compiled. As a script of its own
 * it needs no `unsafe-eval`, which the page's policy denies.
 */
export function evaluateScript(code: string): void {
  const url = URL.createObjectURL(new Blob([code], { type: "text/javascript" }));
  try {
    (globalThis as unknown as { importScripts(url: string): void }).importScripts(url);
  } finally {
    URL.revokeObjectURL(url);
  }
}

const RESULT = "countersignResult";

/** The value that code gives to a function's caller: `(result) => …`. */
function evaluateWith<T>(code: string): T {
  let value: T | undefined;
  const scope = globalThis as unknown as Record<string, unknown>;
  scope[RESULT] = (result: T) => {
    value = result;
  };
  evaluateScript(code);
  delete scope[RESULT];
  return value as T;
}

/** The exports of a CommonJS module. */
export const evaluateModule = (code: string): unknown =>
  evaluateWith(
    `{const module={exports:{}};(function(module,exports){${code}\n})(module,module.exports);${RESULT}(module.exports)}`,
  );

/** What `new Function` makes. */
export const createFunction = (...texts: string[]): unknown =>
  evaluateWith(`${RESULT}(function(${texts.slice(0, -1).join(",")}){${texts.at(-1)}\n})`);
