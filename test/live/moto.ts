import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { createServer } from "node:net";
import { setTimeout } from "node:timers/promises";

/** moto is an implementation of IAM in Python, which not every machine has. */
export const hasMoto =
  spawnSync("python3", ["-c", "import moto.server, flask"], { stdio: "ignore" }).status === 0;

export interface Moto {
  url: string;
  stop(): Promise<void>;
}

export async function startMoto(): Promise<Moto> {
  const port = await freePort();
  const child = spawn("python3", ["-m", "moto.server", "-H", "127.0.0.1", "-p", String(port)], {
    stdio: "ignore",
  });
  const url = `http://127.0.0.1:${port}`;
  await until(async () => (await fetch(`${url}/moto-api/`)).ok, child);
  return { url, stop: () => stopped(child) };
}

async function until(isReady: () => Promise<boolean>, child: ChildProcess): Promise<void> {
  for (let tries = 0; tries < 200 && child.exitCode === null; tries++) {
    if (await isReady().catch(() => false)) return;
    await setTimeout(100);
  }
  child.kill("SIGKILL");
  throw new Error("moto did not start");
}

function stopped(child: ChildProcess): Promise<void> {
  const done = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  child.kill("SIGTERM");
  return done;
}

function freePort(): Promise<number> {
  const server = createServer();
  return new Promise((resolve) =>
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address() as { port: number };
      server.close(() => resolve(port));
    }),
  );
}
