package dev.isobar.e2e.chaos;

/** What a provider asks of a cloud. */
enum CloudCall {
  /** What is there. */
  LOOK,
  /** Something that a machine needs: a port, an address, a key. */
  PREPARE,
  /** A machine. */
  CREATE,
  /** Another state, tag or protection of a machine. */
  MEND,
  /** The end of a machine. */
  DELETE,
  /** The end of something that it needed. */
  RELEASE
}
