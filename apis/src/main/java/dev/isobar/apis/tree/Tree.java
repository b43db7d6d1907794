package dev.isobar.apis.tree;

import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/**
 * A read-only look into an object that somebody else wrote: a claim, a Cloud, an observed resource.
 *
 * <p>Looking never fails. A field that is missing, or is not of the asked type, is absent; who must
 * tell the two apart asks for the {@link #shape()}. Implementations may read lazily from a foreign
 * representation; a tree never changes.
 */
public interface Tree {
  /**
   * What a value is; {@code ABSENT} also stands for an explicit null, as Kubernetes treats the two
   * alike.
   */
  enum Shape {
    ABSENT("nothing"),
    TEXT("a string"),
    NUMBER("a number"),
    TRUTH("true or false"),
    LIST("a list"),
    OBJECT("an object");

    private final String words;

    Shape(String words) {
      this.words = words;
    }

    /** The shape as a message to a user says it, with its article. */
    public String words() {
      return words;
    }
  }

  /** What stands here. */
  Shape shape();

  /** The named field, absent when this is no object or has no such field. */
  Tree at(String field);

  /** The field names in alphabetical order; empty when this is no object. */
  SortedSet<String> fields();

  /** The elements in their order; empty when this is no list. */
  List<Tree> items();

  /** The string here. */
  Optional<String> text();

  /** The number here; Kubernetes objects carry integers, which arrive as doubles over protobuf. */
  Optional<Double> number();

  /** The boolean here. */
  Optional<Boolean> truth();

  /** The value as sorted maps, lists, strings, longs, doubles and booleans; null when absent. */
  @Nullable Object plain();

  /** The field at the end of a path of field names. */
  default Tree at(String first, String second, String... more) {
    Tree tree = at(first).at(second);
    for (String field : more) {
      tree = tree.at(field);
    }
    return tree;
  }

  /** Whether anything stands here. */
  default boolean exists() {
    return shape() != Shape.ABSENT;
  }

  /** The whole number here; absent when there is none, or it has a fraction or does not fit. */
  default Optional<Long> whole() {
    return number()
        .filter(number -> number == Math.rint(number) && Math.abs(number) < 1L << 53)
        .map(Double::longValue);
  }

  /** The tree of a plain value (maps with string keys, lists, strings, numbers, booleans, null). */
  static Tree of(@Nullable Object plain) {
    return plain == null ? PlainTree.NOTHING : new PlainTree(plain);
  }

  /** The tree where nothing stands. */
  static Tree absent() {
    return PlainTree.NOTHING;
  }
}
