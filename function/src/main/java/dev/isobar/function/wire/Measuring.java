package dev.isobar.function.wire;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Struct;
import com.google.protobuf.WireFormat;
import dev.isobar.function.wire.proto.Fn;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Counts what a request holds before anything is made of it: in bytes a value takes as little as
 * two, decoded seventy times as much, so a few megabytes could fill the memory.
 */
final class Measuring {
  /** Ten times what a whole request for 25 pools and 119 existing objects holds. */
  static final int MOST_DECODED = 100_000;

  /**
   * Of values in objects that exist, which are decoded where somebody looks only: more than real
   * objects of four megabytes hold, of which one takes thirty bytes.
   */
  static final int MOST_KEPT = 300_000;

  /** Whatever there can be many of takes at least so many bytes for each. */
  private static final int LEAST_BYTES = 2;

  /** More than any request may hold. */
  static final class Exceeded extends Exception {
    private static final long serialVersionUID = 1L;

    Exceeded(int most) {
      super("more than " + most + " values");
    }
  }

  /** What becomes of the values in a message. */
  private enum Fate {
    /** Decided by the field. */
    REQUEST,
    DECODED,
    /** Decoded, but for the objects that exist. */
    OBSERVED,
    /** Only objects that exist, by name. */
    OBJECTS,
    KEPT
  }

  private final CodedInputStream input;
  private final int deepest;
  private final boolean keepsFew;
  private int decoded;
  private int kept;

  private Measuring(byte[] request, int deepest) {
    this.input = CodedInputStream.newInstance(request);
    this.deepest = deepest;
    this.keepsFew = request.length <= LEAST_BYTES * MOST_KEPT;
  }

  /**
   * Refuses what holds too much. What is too short for that is not looked at.
   *
   * @param deepest how deep messages may nest
   * @throws IOException when the bytes are no messages
   * @throws Exceeded when they hold too much
   */
  static void check(byte[] request, int deepest) throws IOException, Exceeded {
    if (request.length > LEAST_BYTES * MOST_DECODED) {
      new Measuring(request, deepest)
          .message(Fn.RunFunctionRequest.getDescriptor(), Fate.REQUEST, 0);
    }
  }

  /**
   * Up to the end of a message or group.
   *
   * @param type null within a field that is not known
   */
  private void message(@Nullable Descriptor type, Fate fate, int depth)
      throws IOException, Exceeded {
    if (depth > deepest) {
      throw new IOException("a request nests deeper than " + deepest);
    }
    for (int tag = input.readTag(); tag != 0; tag = input.readTag()) {
      if (WireFormat.getTagWireType(tag) == WireFormat.WIRETYPE_END_GROUP) {
        return;
      }
      FieldDescriptor field =
          type == null ? null : type.findFieldByNumber(WireFormat.getTagFieldNumber(tag));
      if (field == null || field.isRepeated()) {
        count(1, fate);
      }
      switch (WireFormat.getTagWireType(tag)) {
        case WireFormat.WIRETYPE_START_GROUP -> message(null, fate, depth + 1);
        case WireFormat.WIRETYPE_LENGTH_DELIMITED -> content(field, fate, depth);
        default -> skip(tag);
      }
    }
  }

  private void skip(int tag) throws IOException {
    if (!input.skipField(tag)) {
      throw new IOException("a group ends that never began");
    }
  }

  private void content(@Nullable FieldDescriptor field, Fate fate, int depth)
      throws IOException, Exceeded {
    int size = input.readRawVarint32();
    if (field != null
        && field.getJavaType() == FieldDescriptor.JavaType.MESSAGE
        && !(keepsFew && within(field, fate) == Fate.KEPT)) {
      int outer = input.pushLimit(size);
      message(field.getMessageType(), within(field, fate), depth + 1);
      input.checkLastTagWas(0);
      input.popLimit(outer);
      return;
    }
    if (field != null && field.isPackable()) {
      count(size, fate);
    }
    input.skipRawBytes(size);
  }

  /** What becomes of the values in a field; {@link RequestSplitting} has it so. */
  private static Fate within(FieldDescriptor field, Fate fate) {
    int number = field.getNumber();
    return switch (fate) {
      case REQUEST ->
          switch (number) {
            case Fn.RunFunctionRequest.OBSERVED_FIELD_NUMBER -> Fate.OBSERVED;
            case Fn.RunFunctionRequest.REQUIRED_RESOURCES_FIELD_NUMBER -> Fate.OBJECTS;
            default -> Fate.DECODED;
          };
      case DECODED -> Fate.DECODED;
      case OBSERVED -> number == Fn.State.RESOURCES_FIELD_NUMBER ? Fate.OBJECTS : Fate.DECODED;
      case OBJECTS -> field.getMessageType() == Struct.getDescriptor() ? Fate.KEPT : Fate.OBJECTS;
      case KEPT -> Fate.KEPT;
    };
  }

  private void count(int more, Fate fate) throws Exceeded {
    if (fate == Fate.KEPT) {
      kept = added(kept, more, MOST_KEPT);
    } else {
      decoded = added(decoded, more, MOST_DECODED);
    }
  }

  private static int added(int count, int more, int most) throws Exceeded {
    if (more < 0 || more > most - count) {
      throw new Exceeded(most);
    }
    return count + more;
  }
}
