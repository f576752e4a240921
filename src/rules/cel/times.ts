/** A timestamp or a duration of the library: a protobuf message behind an interface. */
interface Time {
  readonly desc: { readonly kind: "message"; readonly typeName: string };
  readonly message: { readonly seconds: bigint; readonly nanos: number };
}

export const isTime = (value: unknown): value is Time =>
  typeof value === "object" &&
  value !== null &&
  (value as Partial<Time>).desc?.kind === "message" &&
  TIME_TYPES.has((value as Time).desc.typeName);

const TIME_TYPES = new Set(["google.protobuf.Timestamp", "google.protobuf.Duration"]);

/** A timestamp as `2026-01-05T10:00:00.000Z`, a duration as `5400s`. */
export function formatTime({ desc, message }: Time): string {
  const seconds = Number(message.seconds) + message.nanos / 1e9;
  return desc.typeName.endsWith(".Duration") ? `${seconds}s` : new Date(seconds * 1000).toISOString();
}
