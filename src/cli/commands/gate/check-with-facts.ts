import { join } from "node:path";
import { type CheckedCommand, checkCommand, type GateFlags } from "../../../gate/check-command.ts";
import { findOption } from "../../../gate/place.ts";
import type { CommandVector } from "../../../gate/vector.ts";
import type { Io } from "../../../run/io.ts";
import { run as pullContext } from "../context/pull.run.ts";

export interface PullingFlags extends GateFlags {
  /** Gather the missing facts first. */
  pull?: boolean;
}

/** Checks a command; with `pull`, after the facts that its check waits for were read with its own profile and Region. */
export async function checkWithFacts(
  { words }: CommandVector,
  { pull = false, ...flags }: PullingFlags,
  io: Io,
): Promise<CheckedCommand> {
  if (!pull) return checkCommand(words, flags, io);
  return checkCommand(words, flags, io, async (checking, directory) => {
    const out = join(directory, "context");
    const profile = findOption(words, "profile");
    const region = findOption(words, "region");
    const place = { ...(profile !== undefined && { profile }), ...(region !== undefined && { region }) };
    // Standard output belongs to the command.
    await pullContext([], { ...checking, ...place, out, isPart: true }, { ...io, stdout: io.stderr });
    return out;
  });
}
