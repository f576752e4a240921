/** Loads a part as a script, because a page that was opened from a file may load nothing else. */
export function loadScript(name: string): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const script = document.createElement("script");
  script.src = `parts/${name}.js`;
  script.addEventListener("error", () => reject(new Error(`${name} can't be loaded`)));
  script.addEventListener("load", () => resolve());
  document.head.append(script);
  return promise.finally(() => script.remove());
}
