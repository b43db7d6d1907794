package dev.isobar.function.contract;

import dev.isobar.apis.decode.Mistake;
import java.time.Duration;
import java.util.List;
import java.util.SortedMap;

/**
 * What a composition decided. Every answer repeats the same requirements, else core would ask for
 * ever.
 */
public sealed interface Answer {
  /** What core must look up and hand in; constant for a composite. */
  List<Requirement> requirements();

  /**
   * The desired state.
   *
   * @param resources every composed resource that shall exist, by composition resource name; one
   *     that is left out is deleted by core
   * @param status the composite's status, without conditions
   * @param ready whether the composite as a whole is ready
   * @param ttl how long the answer stays true if nothing changes; core asks again after it
   */
  record Composed(
      SortedMap<String, Resource> resources,
      SortedMap<String, Object> status,
      Ready ready,
      List<Condition> conditions,
      List<Event> events,
      List<Requirement> requirements,
      Duration ttl)
      implements Answer {}

  /**
   * The user asked for something that cannot be; nothing at all is changed.
   *
   * @param mistakes at least one, each with its field path
   * @param conditions those known so far, so that core does not forget them
   */
  record Rejected(
      List<Mistake> mistakes, List<Condition> conditions, List<Requirement> requirements)
      implements Answer {}

  /**
   * Core has not looked up the requirements yet; it calls again with them and uses nothing else of
   * this answer.
   */
  record Unresolved(List<Requirement> requirements) implements Answer {}
}
