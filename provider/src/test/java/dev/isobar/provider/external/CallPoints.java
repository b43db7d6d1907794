package dev.isobar.provider.external;

/**
 * Is told of every call to a stand-in, before it has an effect and after it had one: the places
 * where a process can die, or another one can get in between.
 */
public interface CallPoints {
  /** Nothing happens at any point. */
  CallPoints QUIET = point -> {};

  /**
   * A point is reached.
   *
   * @param point such as "before cloud.create"
   */
  void reach(String point);
}
