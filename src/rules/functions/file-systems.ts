import { Unknown } from "../../documents/document.ts";
import { readKnown } from "../../documents/partial.ts";

/**
 * Whether a file system can have data repository associations; undefined if unknown parts decide. Those with
 * Lustre 2.10, the deployment type SCRATCH_1 or the storage class Intelligent-Tiering can't, says the FSx for
 * Lustre guide. A member that is not in the record has none of these values.
 */
export function takesAssociations(fileSystem: unknown): boolean | undefined {
  const verdicts = OBSTACLES.map(([path, isObstacle]) => {
    const value = path.reduce<unknown>(readKnown, fileSystem);
    if (value instanceof Unknown) return undefined;
    return typeof value === "string" && isObstacle(value.toUpperCase());
  });
  return verdicts.includes(true) ? false : verdicts.includes(undefined) ? undefined : true;
}

const OBSTACLES: readonly (readonly [path: readonly string[], isObstacle: (value: string) => boolean])[] = [
  [["FileSystemType"], (type) => type !== "LUSTRE"],
  [["StorageType"], (type) => type === "INTELLIGENT_TIERING"],
  [["FileSystemTypeVersion"], (version) => version === "2.10" || version.startsWith("2.10.")],
  [["LustreConfiguration", "DeploymentType"], (type) => type === "SCRATCH_1"],
];
