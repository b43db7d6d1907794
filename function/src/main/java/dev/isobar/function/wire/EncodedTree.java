package dev.isobar.function.wire;

import com.google.protobuf.ListValue;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import com.google.protobuf.WireFormat;
import dev.isobar.apis.tree.Tree;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
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

  private static final int KEY = WireReader.tag(1, WireFormat.WIRETYPE_LENGTH_DELIMITED);
  private static final int CHILD = WireReader.tag(2, WireFormat.WIRETYPE_LENGTH_DELIMITED);
  private static final int FIELDS =
      WireReader.tag(Struct.FIELDS_FIELD_NUMBER, WireFormat.WIRETYPE_LENGTH_DELIMITED);
  private static final int ITEMS =
      WireReader.tag(ListValue.VALUES_FIELD_NUMBER, WireFormat.WIRETYPE_LENGTH_DELIMITED);

  /** What stands for a value that is null or not there. */
  private static final Object NOTHING = new Object();

  /** Bytes that are no value. */
  static final class Malformed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Malformed(IOException cause) {
      super(cause);
    }
  }

  private final byte[] bytes;
  private final int from;
  private final int end;
  private final int depth;

  /** NOTHING, a String, Double, Boolean, EncodedFields or List; null until somebody looks. */
  private @Nullable Object decoded;

  private EncodedTree(byte[] bytes, int from, int end, int depth) {
    this.bytes = bytes;
    this.from = from;
    this.end = end;
    this.depth = depth;
  }

  /**
   * The tree of an encoded {@code google.protobuf.Struct}; absent when that has no fields.
   *
   * @throws Malformed when it is none
   */
  static Tree ofStruct(WireReader struct) {
    var tree = struct.value(0);
    try {
      EncodedFields fields = tree.readObject(struct);
      tree.decoded = fields;
      return fields.none() ? Tree.absent() : tree;
    } catch (IOException malformed) {
      throw new Malformed(malformed);
    }
  }

  /** The tree of an encoded {@code google.protobuf.Value} among these bytes. */
  static EncodedTree of(byte[] bytes, int from, int end, int depth) {
    return new EncodedTree(bytes, from, end, depth);
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
    WireReader input = WireReader.of(bytes, from, end);
    Object value = NOTHING;
    for (int tag = input.tag(); tag != 0; tag = input.tag()) {
      switch (WireFormat.getTagFieldNumber(tag)) {
        case Value.STRING_VALUE_FIELD_NUMBER -> value = input.text();
        case Value.NUMBER_VALUE_FIELD_NUMBER -> value = input.number();
        case Value.BOOL_VALUE_FIELD_NUMBER -> value = input.varint() != 0;
        case Value.STRUCT_VALUE_FIELD_NUMBER -> value = readObject(input.next());
        case Value.LIST_VALUE_FIELD_NUMBER -> value = readList(input.next());
        default -> {
          value = NOTHING;
          input.skip(tag);
        }
      }
    }
    return value;
  }

  private EncodedFields readObject(WireReader struct) throws IOException {
    var fields = new EncodedFields(bytes);
    for (int tag = struct.tag(); tag != 0; tag = struct.tag()) {
      if (tag == FIELDS) {
        readField(struct.next(), fields);
      } else {
        struct.skip(tag);
      }
    }
    return fields;
  }

  private void readField(WireReader entry, EncodedFields fields) throws IOException {
    int name = 0;
    int nameSize = 0;
    EncodedTree value = null;
    for (int tag = entry.tag(); tag != 0; tag = entry.tag()) {
      if (tag == KEY) {
        nameSize = entry.size();
        name = entry.at();
        entry.pass(nameSize);
      } else if (tag == CHILD) {
        value = child(entry.next());
      } else {
        entry.skip(tag);
      }
    }
    fields.add(name, nameSize, value == null ? new EncodedTree(bytes, 0, 0, depth + 1) : value);
  }

  private List<Tree> readList(WireReader list) throws IOException {
    var items = new ArrayList<Tree>();
    for (int tag = list.tag(); tag != 0; tag = list.tag()) {
      if (tag == ITEMS) {
        items.add(child(list.next()));
      } else {
        list.skip(tag);
      }
    }
    return Collections.unmodifiableList(items);
  }

  private EncodedTree child(WireReader value) throws IOException {
    if (depth == DEEPEST) {
      throw new IOException("an object nests deeper than " + DEEPEST);
    }
    return value.value(depth + 1);
  }

  @Override
  public Shape shape() {
    return switch (value()) {
      case String _ -> Shape.TEXT;
      case Double _ -> Shape.NUMBER;
      case Boolean _ -> Shape.TRUTH;
      case List<?> _ -> Shape.LIST;
      case EncodedFields _ -> Shape.OBJECT;
      default -> Shape.ABSENT;
    };
  }

  @Override
  public Tree at(String field) {
    EncodedTree child = value() instanceof EncodedFields fields ? fields.get(field) : null;
    return child == null ? Tree.absent() : child;
  }

  @Override
  public SortedSet<String> fields() {
    return value() instanceof EncodedFields fields ? fields.names() : Collections.emptySortedSet();
  }

  @Override
  @SuppressWarnings("unchecked") // Made here.
  public List<Tree> items() {
    return value() instanceof List<?> list ? (List<Tree>) list : List.of();
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
      case EncodedFields object -> {
        var fields = new TreeMap<String, @Nullable Object>();
        object.byName().forEach((name, child) -> fields.put(name, child.plain()));
        yield fields;
      }
      default -> null;
    };
  }
}
