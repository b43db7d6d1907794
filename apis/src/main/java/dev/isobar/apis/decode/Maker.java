package dev.isobar.apis.decode;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Calls the canonical constructor of a public record. */
record Maker(Constructor<? extends Record> constructor) {
  static Maker of(Class<? extends Record> type) {
    Class<?>[] components =
        Stream.of(type.getRecordComponents())
            .map(RecordComponent::getType)
            .toArray(Class<?>[]::new);
    try {
      return new Maker(type.getConstructor(components));
    } catch (NoSuchMethodException e) {
      throw new IllegalArgumentException(type + " is not public", e);
    }
  }

  Record make(@Nullable Object[] values) {
    try {
      return constructor.newInstance(values);
    } catch (InvocationTargetException e) {
      throw new IllegalStateException(constructor + " refused checked values", e.getCause());
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(constructor + " cannot be called", e);
    }
  }
}
