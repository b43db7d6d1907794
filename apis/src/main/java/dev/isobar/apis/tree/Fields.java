package dev.isobar.apis.tree;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * An object under construction, its fields sorted by name so that the same input gives the same
 * bytes.
 *
 * <p>Server-side apply owns what is emitted, so nothing is emitted that was not decided: null and
 * empty optionals leave the field out. Empty lists and objects are kept, because in Kubernetes they
 * can mean something.
 */
public final class Fields {
  private final TreeMap<String, Object> fields = new TreeMap<>();

  private Fields() {}

  /** An object without fields. */
  public static Fields none() {
    return new Fields();
  }

  /** An object with one field to begin with. */
  public static Fields with(String name, @Nullable Object value) {
    return new Fields().set(name, value);
  }

  /** Sets a field; null or an empty optional sets nothing. */
  @CanIgnoreReturnValue
  public Fields set(String name, @Nullable Object value) {
    Object settled = settle(value);
    if (settled != null) {
      fields.put(name, settled);
    }
    return this;
  }

  /** Sets a field unless the collection, map or string is empty. */
  @CanIgnoreReturnValue
  public Fields setUnlessEmpty(String name, @Nullable Object value) {
    Object settled = settle(value);
    boolean empty =
        switch (settled) {
          case null -> true;
          case Collection<?> some -> some.isEmpty();
          case Map<?, ?> some -> some.isEmpty();
          case String some -> some.isEmpty();
          default -> false;
        };
    return empty ? this : set(name, settled);
  }

  /** Adds all entries of a map as fields. */
  @CanIgnoreReturnValue
  public Fields setAll(Map<String, ?> values) {
    values.forEach(this::set);
    return this;
  }

  /** Takes a field away again. */
  @CanIgnoreReturnValue
  public Fields without(String name) {
    fields.remove(name);
    return this;
  }

  /** The object as it stands, as an unshared copy. */
  public SortedMap<String, Object> map() {
    return new TreeMap<>(fields);
  }

  /** The entries of a map by name; the map itself where it is sorted so already. */
  @SuppressWarnings("unchecked") // What is sorted by itself has keys of one type.
  public static SortedMap<String, @Nullable Object> sorted(Map<?, ?> map) {
    if (map instanceof SortedMap<?, ?> already
        && already.comparator() == null
        && (already.isEmpty() || already.firstKey() instanceof String)) {
      return (SortedMap<String, @Nullable Object>) already;
    }
    var sorted = new TreeMap<String, @Nullable Object>();
    map.forEach((key, value) -> sorted.put(String.valueOf(key), value));
    return sorted;
  }

  private static @Nullable Object settle(@Nullable Object value) {
    return switch (value) {
      case null -> null;
      case Optional<?> optional -> settle(optional.orElse(null));
      case Fields nested -> nested.map();
      case Integer number -> number.longValue();
      default -> value;
    };
  }
}
