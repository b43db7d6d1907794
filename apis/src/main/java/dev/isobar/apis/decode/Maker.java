package dev.isobar.apis.decode;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Calls the canonical constructor of a public record. */
interface Maker {
  /**
   * Makes a record.
   *
   * @param values of all components, of their types
   */
  Record make(@Nullable Object[] values);

  /** That of a record, whosever it is. */
  static Maker of(Class<? extends Record> type) {
    return Constructors.of(type).orElseGet(() -> reflecting(type));
  }

  private static Maker reflecting(Class<? extends Record> type) {
    Class<?>[] components =
        Stream.of(type.getRecordComponents())
            .map(RecordComponent::getType)
            .toArray(Class<?>[]::new);
    try {
      Constructor<? extends Record> constructor = type.getConstructor(components);
      return values -> call(constructor, values);
    } catch (NoSuchMethodException e) {
      throw new IllegalArgumentException(type + " is not public", e);
    }
  }

  private static Record call(Constructor<? extends Record> constructor, @Nullable Object[] values) {
    try {
      return constructor.newInstance(values);
    } catch (InvocationTargetException e) {
      throw new IllegalStateException(constructor + " refused checked values", e.getCause());
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(constructor + " cannot be called", e);
    }
  }
}
