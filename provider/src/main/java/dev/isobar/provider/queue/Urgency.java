package dev.isobar.provider.queue;

/** What overtakes what. */
public enum Urgency {
  /** New, changed, and moving objects. */
  NEWS,
  /** A look at what is settled. */
  RESYNC
}
