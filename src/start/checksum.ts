type Checksum = (data: Buffer | string, value?: number) => number;

interface WithChecksum {
  crc32: Checksum;
}

let crc32: Checksum | undefined;

/** The CRC-32 of data, or of what `value` is the checksum of with the data after it. */
export function checksum(data: Buffer | string, value = 0): number {
  crc32 ??= findChecksum();
  return crc32(data, value);
}

/**
 * Loading `node:zlib` or `node:crypto` brings all of Node's streams along, which takes longer than reading the code. There
 * is still the old way to what is below `zlib.crc32`; with options Node may warn about that.
 */
function findChecksum(): Checksum {
  const { binding, execArgv, env } = process as typeof process & {
    binding?: (name: string) => Partial<WithChecksum>;
  };
  const mayWarn = execArgv.length > 0 || (env.NODE_OPTIONS ?? env.NODE_PENDING_DEPRECATION) !== undefined;
  const direct = mayWarn ? undefined : binding?.("zlib").crc32;
  return direct ?? (process.getBuiltinModule("node:zlib") as unknown as WithChecksum).crc32;
}
