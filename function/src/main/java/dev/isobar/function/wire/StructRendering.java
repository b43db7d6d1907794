package dev.isobar.function.wire;

import com.google.protobuf.ListValue;
import com.google.protobuf.NullValue;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Renders maps, lists and scalars of the JDK as protobuf, and puts them over what an earlier step
 * wants.
 *
 * <p>Where both want a field, ours wins; objects are merged field by field, lists are replaced as a
 * whole, because a list's elements have no names to merge them by.
 */
final class StructRendering {
  /** Up to here a double holds every whole number. */
  private static final long EXACT_UP_TO = 1L << 53;

  private static final Value TRUE = Value.newBuilder().setBoolValue(true).build();
  private static final Value FALSE = Value.newBuilder().setBoolValue(false).build();
  private static final Value NULL = Value.newBuilder().setNullValue(NullValue.NULL_VALUE).build();

  private StructRendering() {}

  /**
   * An object.
   *
   * @throws IllegalArgumentException when it holds something that JSON cannot, or a number that a
   *     double would change
   */
  static Struct render(Map<?, ?> object) {
    Struct.Builder struct = Struct.newBuilder();
    object.forEach((field, value) -> struct.putFields(name(field), render(value)));
    return struct.build();
  }

  /** An object over one that is there already. */
  static Struct over(Struct base, Map<?, ?> object) {
    if (base.getFieldsCount() == 0) {
      return render(object);
    }
    Struct.Builder struct = base.toBuilder();
    object.forEach((field, value) ->
        struct.putFields(name(field), over(base.getFieldsMap().get(name(field)), value)));
    return struct.build();
  }

  private static Value over(@Nullable Value base, @Nullable Object value) {
    return base != null && base.hasStructValue() && value instanceof Map<?, ?> object
        ? Value.newBuilder().setStructValue(over(base.getStructValue(), object)).build()
        : render(value);
  }

  private static Value render(@Nullable Object value) {
    return switch (value) {
      case null -> NULL;
      case String text -> Value.newBuilder().setStringValue(text).build();
      case Boolean truth -> truth ? TRUE : FALSE;
      case Integer number -> number(number);
      case Long number -> number(exact(number));
      case Double number -> number(finite(number));
      case Map<?, ?> object -> Value.newBuilder().setStructValue(render(object)).build();
      case List<?> list -> list(list);
      default ->
          throw new IllegalArgumentException("cannot render a " + value.getClass().getName());
    };
  }

  private static Value list(List<?> items) {
    ListValue.Builder list = ListValue.newBuilder();
    items.forEach(item -> list.addValues(render(item)));
    return Value.newBuilder().setListValue(list).build();
  }

  private static Value number(double number) {
    return Value.newBuilder().setNumberValue(number).build();
  }

  static double exact(long number) {
    if (Math.abs(number) > EXACT_UP_TO || number == Long.MIN_VALUE) {
      throw new IllegalArgumentException(
          "cannot render " + number + " exactly, write it as a string");
    }
    return number;
  }

  static double finite(double number) {
    if (!Double.isFinite(number)) {
      throw new IllegalArgumentException("cannot render " + number + ", JSON has no such number");
    }
    return number;
  }

  static String name(@Nullable Object field) {
    if (field instanceof String name) {
      return name;
    }
    throw new IllegalArgumentException(
        "cannot render a field named by other than a string: " + field);
  }
}
