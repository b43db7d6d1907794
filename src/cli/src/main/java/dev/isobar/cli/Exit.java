package dev.isobar.cli;

/** How the command ends. */
final class Exit {
  /** What the user handed in cannot be used, or the function refuses it. */
  static final int REFUSED = 1;

  /** What was searched for is there, and should not be. */
  static final int FOUND = 1;

  /** The command was called in a way that it does not know. */
  static final int USED_WRONGLY = 2;

  /** Our own fault, or the function cannot be reached. */
  static final int FAILED = 3;

  private Exit() {}
}
