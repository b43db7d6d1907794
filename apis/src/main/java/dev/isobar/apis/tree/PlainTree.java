package dev.isobar.apis.tree;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A tree over maps, lists and scalars of the JDK. */
record PlainTree(@Nullable Object value) implements Tree {
  static final PlainTree NOTHING = new PlainTree(null);

  @Override
  public Shape shape() {
    return switch (value) {
      case null -> Shape.ABSENT;
      case String _ -> Shape.TEXT;
      case Number _ -> Shape.NUMBER;
      case Boolean _ -> Shape.TRUTH;
      case List<?> _ -> Shape.LIST;
      case Map<?, ?> _ -> Shape.OBJECT;
      default ->
          throw new IllegalArgumentException("cannot look into a " + value.getClass().getName());
    };
  }

  @Override
  public Tree at(String field) {
    return value instanceof Map<?, ?> map ? Tree.of(map.get(field)) : NOTHING;
  }

  @Override
  public SortedSet<String> fields() {
    if (!(value instanceof Map<?, ?> map)) {
      return Collections.emptySortedSet();
    }
    var names = new TreeSet<String>();
    map.keySet().forEach(key -> names.add(String.valueOf(key)));
    return names;
  }

  @Override
  public List<Tree> items() {
    return value instanceof List<?> list ? list.stream().map(Tree::of).toList() : List.of();
  }

  @Override
  public Optional<String> text() {
    return value instanceof String text ? Optional.of(text) : Optional.empty();
  }

  @Override
  public Optional<Double> number() {
    return value instanceof Number number ? Optional.of(number.doubleValue()) : Optional.empty();
  }

  @Override
  public Optional<Boolean> truth() {
    return value instanceof Boolean truth ? Optional.of(truth) : Optional.empty();
  }

  @Override
  public @Nullable Object plain() {
    return switch (value) {
      case Map<?, ?> map -> {
        var sorted = new TreeMap<String, Object>();
        map.forEach((key, child) -> sorted.put(String.valueOf(key), Tree.of(child).plain()));
        yield sorted;
      }
      case List<?> list -> list.stream().map(child -> Tree.of(child).plain()).toList();
      case Integer number -> number.longValue();
      case null -> null;
      default -> value;
    };
  }
}
