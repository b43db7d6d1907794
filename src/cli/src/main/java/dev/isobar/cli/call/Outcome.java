package dev.isobar.cli.call;

import dev.isobar.function.contract.Condition;
import dev.isobar.function.contract.Event;
import dev.isobar.function.contract.Ready;
import dev.isobar.function.contract.Resource;
import java.util.List;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/** What came of asking the function until its requirements were met. */
public sealed interface Outcome {
  /**
   * The desired state.
   *
   * @param resources by composition resource name
   * @param ready of the composite as a whole, where the function judges it
   */
  record Desired(
      SortedMap<String, Resource> resources,
      SortedMap<String, @Nullable Object> status,
      Ready ready,
      List<Condition> conditions,
      List<Event> events)
      implements Outcome {}

  /** The function refuses what the user wrote. */
  record Refused(String message) implements Outcome {}

  /** The function, or we, did something wrong. */
  record Broken(String message) implements Outcome {}
}
