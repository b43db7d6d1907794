package dev.isobar.provider.decide;

import java.util.Collection;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What may be done with a machine: Crossplane's management policies.
 *
 * @param written as the spec lists them
 */
public record Policies(Set<String> written) {
  /** The actions; spelled as in the API. */
  public enum Action {
    Observe,
    Create,
    Update,
    Delete,
    LateInitialize
  }

  private static final String ALL = "*";

  /** The sets that mean something, besides all and nothing, as crossplane-runtime has them. */
  private static final Set<Set<String>> SUPPORTED =
      Set.of(
          Set.of("Observe", "Create", "Update", "Delete", "LateInitialize"),
          Set.of("Observe"),
          Set.of("Observe", "Create", "Update", "Delete"),
          Set.of("Observe", "Create", "Update", "LateInitialize"),
          Set.of("Observe", "Create", "Update"),
          Set.of("Observe", "Create", "Delete", "LateInitialize"),
          Set.of("Observe", "Create", "LateInitialize"),
          Set.of("Observe", "Create", "Delete"),
          Set.of("Observe", "Create"),
          Set.of("Observe", "Delete"),
          Set.of("Observe", "Update"),
          Set.of("Observe", "LateInitialize"),
          Set.of("Observe", "Update", "LateInitialize"));

  /** The policies of a spec. */
  public static Policies of(Collection<String> written) {
    return new Policies(new HashSet<>(written));
  }

  /** Whether nothing may be done at all. */
  public boolean pause() {
    return written.isEmpty();
  }

  /** Whether the combination means something. */
  public boolean supported() {
    return written.isEmpty() || written.equals(Set.of(ALL)) || SUPPORTED.contains(written);
  }

  /** Whether nothing but looking is allowed. */
  public boolean onlyObserve() {
    return written.equals(Set.of(Action.Observe.name()));
  }

  /** Whether an action is allowed. */
  public boolean allow(Action action) {
    return written.contains(ALL) || written.contains(action.name());
  }

  /** The policies in the order of the API, for messages. */
  @Override
  public String toString() {
    List<String> names =
        EnumSet.allOf(Action.class).stream().map(Action::name).filter(written::contains).toList();
    return written.contains(ALL) ? "[" + ALL + "]" : names.toString();
  }
}
