package dev.isobar.function.wire;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.ListValue;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import com.google.protobuf.WireFormat;
import dev.isobar.function.tree.Tree;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A tree over the bytes of a {@code google.protobuf.Value}, decoded one level at a time when
 * somebody looks.
 *
 * <p>Of the many observed objects in a request only a few fields matter, and to decode them all
 * took a third of an answer's time. What is wrong in them is found when it is looked at.
 */
final class EncodedTree implements Tree {
  /** Deeper than any Kubernetes object; a request as a whole may nest as deep. */
  private static final int DEEPEST = 333;

  private static final int KEY = tag(1, WireFormat.WIRETYPE_LENGTH_DELIMITED);
  private static final int CHILD = tag(2, WireFormat.WIRETYPE_LENGTH_DELIMITED);
  private static final int FIELDS =
      tag(Struct.FIELDS_FIELD_NUMBER, WireFormat.WIRETYPE_LENGTH_DELIMITED);
  private static final int ITEMS =
      tag(ListValue.VALUES_FIELD_NUMBER, WireFormat.WIRETYPE_LENGTH_DELIMITED);

  /** What stands for a value that is null or not there. */
  private static final Object NOTHING = new Object();

  /** Bytes that are no value. */
  static final class Malformed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Malformed(IOException cause) {
      super(cause);
    }
  }

  private final Slice encoded;
  private final int depth;

  /** NOTHING, a String, Double, Boolean, Map or List; null until somebody looks. */
  private @Nullable Object decoded;

  private EncodedTree(Slice encoded, int depth) {
    this.encoded = encoded;
    this.depth = depth;
  }

  /**
   * The tree of an encoded {@code google.protobuf.Struct}; absent when that has no fields.
   *
   * @throws Malformed when it is none
   */
  static Tree ofStruct(Slice struct) {
    var tree = new EncodedTree(struct, 0);
    try {
      Map<String, EncodedTree> fields = tree.readObject(struct);
      tree.decoded = fields;
      return fields.isEmpty() ? Tree.absent() : tree;
    } catch (IOException malformed) {
      throw new Malformed(malformed);
    }
  }

  static int tag(int field, int type) {
    return field << 3 | type;
  }

  private Object value() {
    if (decoded == null) {
      try {
        decoded = readValue();
      } catch (IOException malformed) {
        throw new Malformed(malformed);
      }
    }
    return decoded;
  }

  /** As protobuf has it, the last counts of several. */
  private Object readValue() throws IOException {
    CodedInputStream input = encoded.open();
    Object value = NOTHING;
    for (int tag = input.readTag(); tag != 0; tag = input.readTag()) {
      switch (WireFormat.getTagFieldNumber(tag)) {
        case Value.STRING_VALUE_FIELD_NUMBER -> value = input.readStringRequireUtf8();
        case Value.NUMBER_VALUE_FIELD_NUMBER -> value = input.readDouble();
        case Value.BOOL_VALUE_FIELD_NUMBER -> value = input.readBool();
        case Value.STRUCT_VALUE_FIELD_NUMBER -> value = readObject(encoded.next(input));
        case Value.LIST_VALUE_FIELD_NUMBER -> value = readList(encoded.next(input));
        default -> {
          value = NOTHING;
          skip(input, tag);
        }
      }
    }
    return value;
  }

  private Map<String, EncodedTree> readObject(Slice struct) throws IOException {
    var fields = new HashMap<String, EncodedTree>();
    CodedInputStream input = struct.open();
    for (int tag = input.readTag(); tag != 0; tag = input.readTag()) {
      if (tag == FIELDS) {
        readField(struct.next(input), fields);
      } else {
        skip(input, tag);
      }
    }
    return fields;
  }

  private void readField(Slice entry, Map<String, EncodedTree> fields) throws IOException {
    String name = "";
    Slice value = Slice.of(new byte[0]);
    CodedInputStream input = entry.open();
    for (int tag = input.readTag(); tag != 0; tag = input.readTag()) {
      if (tag == KEY) {
        name = input.readStringRequireUtf8();
      } else if (tag == CHILD) {
        value = entry.next(input);
      } else {
        skip(input, tag);
      }
    }
    fields.put(name, child(value));
  }

  private List<EncodedTree> readList(Slice list) throws IOException {
    var items = new ArrayList<EncodedTree>();
    CodedInputStream input = list.open();
    for (int tag = input.readTag(); tag != 0; tag = input.readTag()) {
      if (tag == ITEMS) {
        items.add(child(list.next(input)));
      } else {
        skip(input, tag);
      }
    }
    return items;
  }

  private EncodedTree child(Slice value) throws IOException {
    if (depth == DEEPEST) {
      throw new IOException("an object nests deeper than " + DEEPEST);
    }
    return new EncodedTree(value, depth + 1);
  }

  static void skip(CodedInputStream input, int tag) throws IOException {
    if (!input.skipField(tag)) {
      throw new IOException("a group ends that never began");
    }
  }

  @Override
  public Shape shape() {
    return switch (value()) {
      case String _ -> Shape.TEXT;
      case Double _ -> Shape.NUMBER;
      case Boolean _ -> Shape.TRUTH;
      case List<?> _ -> Shape.LIST;
      case Map<?, ?> _ -> Shape.OBJECT;
      default -> Shape.ABSENT;
    };
  }

  @Override
  public Tree at(String field) {
    return value() instanceof Map<?, ?> fields && fields.get(field) instanceof EncodedTree child
        ? child
        : Tree.absent();
  }

  @Override
  public SortedSet<String> fields() {
    if (!(value() instanceof Map<?, ?> fields)) {
      return Collections.emptySortedSet();
    }
    var names = new TreeSet<String>();
    fields.keySet().forEach(name -> names.add((String) name));
    return Collections.unmodifiableSortedSet(names);
  }

  @Override
  public List<Tree> items() {
    return value() instanceof List<?> list
        ? list.stream().map(Tree.class::cast).toList()
        : List.of();
  }

  @Override
  public Optional<String> text() {
    return value() instanceof String text ? Optional.of(text) : Optional.empty();
  }

  @Override
  public Optional<Double> number() {
    return value() instanceof Double number ? Optional.of(number) : Optional.empty();
  }

  @Override
  public Optional<Boolean> truth() {
    return value() instanceof Boolean truth ? Optional.of(truth) : Optional.empty();
  }

  @Override
  public @Nullable Object plain() {
    return switch (value()) {
      case String text -> text;
      case Double number -> StructTree.plain(number);
      case Boolean truth -> truth;
      case List<?> list -> {
        var items = new ArrayList<@Nullable Object>(list.size());
        list.forEach(item -> items.add(((Tree) item).plain()));
        yield Collections.unmodifiableList(items);
      }
      case Map<?, ?> map -> {
        var fields = new TreeMap<String, @Nullable Object>();
        map.forEach((name, child) -> fields.put((String) name, ((Tree) child).plain()));
        yield fields;
      }
      default -> null;
    };
  }
}
