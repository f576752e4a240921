/** Exit statuses. They are part of the public interface. */
export const EXIT = {
  /** Nothing failed. */
  ok: 0,
  /** A check failed. */
  failed: 1,
  /** The command line, the configuration or an input is invalid. */
  usage: 2,
  /** There was nothing to check. */
  nothing: 3,
} as const;
