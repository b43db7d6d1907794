package dev.isobar.apis.decode;

import dev.isobar.apis.schema.Size;
import dev.isobar.apis.schema.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Turns records into objects: sorted maps of strings, longs, booleans, lists and maps. Enums become
 * their names, records that stand for a string become that string.
 */
public final class Encoder {
  /** Which fields are written. */
  private enum Extent {
    SET,
    SET_CANONICAL,
    ALL
  }

  private final Extent extent;

  private Encoder(Extent extent) {
    this.extent = extent;
  }

  /**
   * The fields that differ from what leaving them out means: no empty optionals, no values equal to
   * their default, at any depth. Decoding gives the same record again. What this returns stays the
   * same when the API gains an optional or defaulted field, so it is what content hashes are made
   * of.
   */
  public static SortedMap<String, Object> onlySet(Record record) {
    return new Encoder(Extent.SET).fields(record);
  }

  /** The same with sizes in their canonical spelling, so that equal records give equal objects. */
  public static SortedMap<String, Object> onlySetCanonical(Record record) {
    return new Encoder(Extent.SET_CANONICAL).fields(record);
  }

  /**
   * All fields but empty optionals and empty lists and maps; defaults are written out. For objects
   * we emit, so that they do not depend on the defaults of whoever receives them.
   */
  public static SortedMap<String, Object> everything(Record record) {
    return new Encoder(Extent.ALL).fields(record);
  }

  private SortedMap<String, Object> fields(Record record) {
    SortedMap<String, Object> fields = new TreeMap<>();
    for (Slot slot : RecordReader.of(record.getClass()).slots()) {
      Object value = slot.valueOf(record);
      if (written(slot, value)) {
        fields.put(
            slot.name(), encoded(value instanceof Optional<?> some ? some.orElseThrow() : value));
      }
    }
    return fields;
  }

  private boolean written(Slot slot, Object value) {
    if (slot.optional()) {
      return ((Optional<?>) value).isPresent();
    }
    return switch (extent) {
      case SET -> !value.equals(slot.whenAbsent());
      case SET_CANONICAL -> {
        Object absent = slot.whenAbsent();
        yield absent == null || !encoded(value).equals(encoded(absent));
      }
      case ALL ->
          switch (value) {
            case List<?> list -> !list.isEmpty();
            case Map<?, ?> map -> !map.isEmpty();
            default -> true;
          };
    };
  }

  private Object encoded(Object value) {
    return switch (value) {
      case Integer number -> number.longValue();
      case Size size when extent == Extent.SET_CANONICAL -> size.canonical().text();
      case Enum<?> choice -> choice.name();
      case Record record -> record(record);
      case List<?> list -> {
        List<@Nullable Object> items = new ArrayList<>(list.size());
        list.forEach(item -> items.add(orNull(item)));
        yield items;
      }
      case Map<?, ?> map -> {
        SortedMap<String, @Nullable Object> entries = new TreeMap<>();
        map.forEach((key, entry) -> entries.put(String.valueOf(key), orNull(entry)));
        yield entries;
      }
      default -> value;
    };
  }

  /** Only objects that somebody else checks hold nulls. */
  private @Nullable Object orNull(@Nullable Object value) {
    return value == null ? null : encoded(value);
  }

  private Object record(Record record) {
    return record.getClass().isAnnotationPresent(Text.class)
        ? RecordReader.of(record.getClass()).slots().getFirst().valueOf(record)
        : fields(record);
  }
}
