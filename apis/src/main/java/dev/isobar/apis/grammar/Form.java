package dev.isobar.apis.grammar;

import dev.isobar.apis.schema.Distinct;
import dev.isobar.apis.schema.FreeForm;
import dev.isobar.apis.schema.Key;
import dev.isobar.apis.schema.Matches;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What may stand in one place of an object. */
public sealed interface Form {
  /**
   * The most characters a string of a spec may have when its field does not say. Whoever needs more
   * says so; a schema without any limit would make the API server refuse rules that look at the
   * string.
   */
  int USUAL_LENGTH = 1024;

  /** A string. */
  record Text(Bounds length, Optional<Shape> shape) implements Form {}

  /** A string that becomes a record of its own, such as a size. */
  record TextRecord(Class<? extends Record> type, Bounds length, Shape shape) implements Form {}

  /** One name of a closed list. */
  record Choice(Class<? extends Enum<?>> type) implements Form {
    /** The names, in their order of declaration. */
    public List<String> names() {
      return Stream.of(type.getEnumConstants()).map(Enum::name).toList();
    }
  }

  /** A whole number of 32 or 64 bits. */
  record Whole(Bounds bounds, boolean wide) implements Form {}

  /** True or false. */
  record Truth() implements Form {}

  /**
   * A list.
   *
   * @param key the field that tells elements apart
   * @param distinct whether all elements differ
   */
  record Listing(Form element, Bounds items, Optional<String> key, boolean distinct)
      implements Form {}

  /** An object whose field names the user chooses. */
  record Mapping(Form value, Bounds entries, Optional<Shape> keys) implements Form {}

  /** An object that somebody else checks. */
  record Anything() implements Form {}

  /** An object with the fields of a record; {@link Grammar#of} tells them. */
  record Structure(Class<? extends Record> type) implements Form {}

  /**
   * What a string looks like.
   *
   * @param pattern for the whole string, without anchors
   * @param says the pattern in words, after "must be"
   */
  record Shape(Pattern pattern, String says) {
    static Optional<Shape> on(AnnotatedElement element) {
      return Optional.ofNullable(element.getAnnotation(Matches.class))
          .map(matches -> new Shape(Pattern.compile(matches.value()), matches.says()));
    }
  }

  /**
   * The form of a record component.
   *
   * @param type its type, without an Optional around it
   * @param on the component, for its annotations
   */
  static Form of(Type type, AnnotatedElement on) {
    if (on.isAnnotationPresent(FreeForm.class)) {
      return new Anything();
    }
    return type instanceof ParameterizedType container
        ? container(container, on, Bounds.ofItems(on))
        : leaf((Class<?>) type, on, Shape.on(on));
  }

  private static Form container(ParameterizedType type, AnnotatedElement on, Bounds size) {
    Type[] arguments = type.getActualTypeArguments();
    if (type.getRawType() == List.class) {
      Optional<String> key = Optional.ofNullable(on.getAnnotation(Key.class)).map(Key::value);
      boolean distinct = on.isAnnotationPresent(Distinct.class);
      return new Listing(inside(arguments[0], on, Shape.on(on)), size, key, distinct);
    }
    if (type.getRawType() == Map.class && arguments[0] == String.class) {
      return new Mapping(inside(arguments[1], on, Optional.empty()), size, Shape.on(on));
    }
    throw new IllegalArgumentException(on + ": a field cannot be a " + type.getTypeName());
  }

  private static Form inside(Type type, AnnotatedElement on, Optional<Shape> shape) {
    return type instanceof ParameterizedType container
        ? container(container, on, Bounds.NONE)
        : leaf((Class<?>) type, on, shape);
  }

  private static Form leaf(Class<?> type, AnnotatedElement on, Optional<Shape> shape) {
    if (type == String.class) {
      return new Text(Bounds.ofLength(on), shape);
    }
    if (type == int.class || type == Integer.class) {
      return new Whole(Bounds.ofNumber(on, Integer.MIN_VALUE, Integer.MAX_VALUE), false);
    }
    if (type == long.class || type == Long.class) {
      return new Whole(Bounds.ofNumber(on, Long.MIN_VALUE, Long.MAX_VALUE), true);
    }
    if (type == boolean.class || type == Boolean.class) {
      return new Truth();
    }
    if (type.isEnum()) {
      return new Choice(enumType(type));
    }
    if (type.isRecord()) {
      return record(type.asSubclass(Record.class));
    }
    throw new IllegalArgumentException(on + ": a field cannot be a " + type.getName());
  }

  private static Form record(Class<? extends Record> type) {
    dev.isobar.apis.schema.Text text = type.getAnnotation(dev.isobar.apis.schema.Text.class);
    if (text == null) {
      return new Structure(type);
    }
    Shape shape = new Shape(Pattern.compile(text.pattern()), text.says());
    return new TextRecord(type, new Bounds(Long.MIN_VALUE, text.maxLength()), shape);
  }

  @SuppressWarnings("unchecked") // an enum's class is of this type, which asSubclass cannot say
  private static Class<? extends Enum<?>> enumType(Class<?> type) {
    return (Class<? extends Enum<?>>) type;
  }
}
