/** Exit statuses (contract). */
export const EXIT = {
  /** Nothing failed. */
  ok: 0,
  /** A check failed. */
  failed: 1,
  /** The command, its configuration or one of its inputs is wrong. */
  usage: 2,
  /** There was nothing to check. */
  nothing: 3,
} as const;
