package dev.isobar.function.wire;

import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import dev.isobar.apis.tree.Tree;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A tree that looks straight into the protobuf of a request; nothing is copied before it is asked
 * for.
 */
record StructTree(Value value) implements Tree {
  /** From here on a double no longer holds every whole number, so it is not shown as one. */
  private static final double WHOLE_BELOW = 1L << 53;

  /**
   * The tree of an object; absent when the object has no fields, which is how core sends one that
   * is not there.
   */
  static Tree of(Struct object) {
    return object.getFieldsCount() == 0
        ? Tree.absent()
        : new StructTree(Value.newBuilder().setStructValue(object).build());
  }

  @Override
  public Shape shape() {
    return switch (value.getKindCase()) {
      case KIND_NOT_SET, NULL_VALUE -> Shape.ABSENT;
      case STRING_VALUE -> Shape.TEXT;
      case NUMBER_VALUE -> Shape.NUMBER;
      case BOOL_VALUE -> Shape.TRUTH;
      case LIST_VALUE -> Shape.LIST;
      case STRUCT_VALUE -> Shape.OBJECT;
    };
  }

  @Override
  public Tree at(String field) {
    Value child = value.getStructValue().getFieldsMap().get(field);
    return child == null || child.getKindCase() == Value.KindCase.KIND_NOT_SET
        ? Tree.absent()
        : new StructTree(child);
  }

  @Override
  public SortedSet<String> fields() {
    return value.hasStructValue()
        ? Collections.unmodifiableSortedSet(
            new TreeSet<>(value.getStructValue().getFieldsMap().keySet()))
        : Collections.emptySortedSet();
  }

  @Override
  public List<Tree> items() {
    return value.getListValue().getValuesList().stream().<Tree>map(StructTree::new).toList();
  }

  @Override
  public Optional<String> text() {
    return value.hasStringValue() ? Optional.of(value.getStringValue()) : Optional.empty();
  }

  @Override
  public Optional<Double> number() {
    return value.hasNumberValue() ? Optional.of(value.getNumberValue()) : Optional.empty();
  }

  @Override
  public Optional<Boolean> truth() {
    return value.hasBoolValue() ? Optional.of(value.getBoolValue()) : Optional.empty();
  }

  @Override
  public @Nullable Object plain() {
    return plain(value);
  }

  private static @Nullable Object plain(Value value) {
    return switch (value.getKindCase()) {
      case KIND_NOT_SET, NULL_VALUE -> null;
      case STRING_VALUE -> value.getStringValue();
      case NUMBER_VALUE -> plain(value.getNumberValue());
      case BOOL_VALUE -> value.getBoolValue();
      case LIST_VALUE -> {
        var items = new ArrayList<@Nullable Object>(value.getListValue().getValuesCount());
        value.getListValue().getValuesList().forEach(item -> items.add(plain(item)));
        yield Collections.unmodifiableList(items);
      }
      case STRUCT_VALUE -> {
        var fields = new TreeMap<String, @Nullable Object>();
        for (Map.Entry<String, Value> field : value.getStructValue().getFieldsMap().entrySet()) {
          fields.put(field.getKey(), plain(field.getValue()));
        }
        yield fields;
      }
    };
  }

  /** A whole number as one, if a double surely holds it. */
  static Object plain(double number) {
    boolean whole = number == Math.rint(number) && Math.abs(number) < WHOLE_BELOW;
    return whole ? (Object) (long) number : (Object) number;
  }
}
