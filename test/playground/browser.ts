import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { extname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { gzipSync } from "node:zlib";
import { type Browser, type BrowserContextOptions, chromium, type Page } from "playwright-core";
import { directory, ROOT } from "../cli/run.ts";
import { CHROMIUM } from "../reporters/chromium.ts";

export { CHROMIUM };

let built: string | undefined;

/** Builds the playground, once for all tests of a worker; the directory. */
export function buildPlayground(): string {
  if (built) return built;
  const target = join(directory(), "playground");
  const { status, stderr } = spawnSync(process.execPath, ["scripts/playground/build.mjs", target], {
    cwd: ROOT,
    encoding: "utf8",
  });
  if (status !== 0) throw new Error(stderr);
  built = target;
  return target;
}

/** Bytes of a file of the playground as a server sends it. */
export const compressedSize = (file: string): number => gzipSync(readFileSync(file), { level: 9 }).length;

export async function startBrowser(): Promise<Browser> {
  const executablePath = spawnSync("sh", ["-c", `command -v ${CHROMIUM}`], {
    encoding: "utf8",
  }).stdout.trim();
  return chromium.launch({ executablePath, args: ["--no-sandbox"] });
}

/** A page of the playground, and what it did that it shouldn't have: `close` throws for that. */
export interface OpenPlayground {
  page: Page;
  /** The addresses of all requests but those of blobs. */
  requests: string[];
  close(): Promise<void>;
}

export async function openPlayground(
  browser: Browser,
  {
    url = pathToFileURL(join(buildPlayground(), "index.html")).href,
    ...options
  }: BrowserContextOptions & { url?: string } = {},
): Promise<OpenPlayground> {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  const requests: string[] = [];
  const errors: string[] = [];
  page.on("request", (request) => {
    if (!/^(?:blob|data):/.test(request.url())) requests.push(request.url());
  });
  page.on("pageerror", (error) => errors.push(error.message));
  page.on("console", (message) => {
    if (message.type() === "error" || message.type() === "warning") errors.push(message.text());
  });
  await page.goto(url);
  await settle(page);
  const close = async (): Promise<void> => {
    await context.close();
    if (errors.length > 0) throw new Error(`the page reported errors: ${errors.join("; ")}`);
  };
  return { page, requests, close };
}

/** The playground on a web server: the address of its page. */
export async function servePlayground(): Promise<{ url: string; close(): void }> {
  const root = buildPlayground();
  const server = createServer(({ url = "" }, response) => {
    const file = join(root, new URL(url, "http://x/").pathname);
    if (!existsSync(file)) return response.writeHead(404).end();
    const type = extname(file) === ".html" ? "text/html" : "text/javascript";
    return response.writeHead(200, { "content-type": type }).end(readFileSync(file));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}/index.html`, close: () => server.close() };
}

/** Waits until what is in the tabs is checked. */
export async function settle(page: Page): Promise<void> {
  await page.locator("html[data-state=checked]").waitFor();
}

/** Replaces the text of the file that is open, by typing. */
export async function typeText(page: Page, text: string): Promise<void> {
  await page.locator(".cm-content").click();
  await page.keyboard.press("Control+a");
  await page.keyboard.insertText(text);
  await settle(page);
}

/** The findings that are listed, as text. */
export const listFindings = (page: Page): Promise<string[]> => page.locator("#findings li").allTextContents();
