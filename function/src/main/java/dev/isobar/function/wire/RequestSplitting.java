package dev.isobar.function.wire;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.WireFormat;
import dev.isobar.function.tree.Tree;
import dev.isobar.function.wire.proto.Fn;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Takes the objects that exist out of a request's bytes, without decoding them. */
final class RequestSplitting {
  /** How a field begins on the wire: its number, then the type of what has a length. */
  private static final int DELIMITED = WireFormat.WIRETYPE_LENGTH_DELIMITED;

  private static final int OBSERVED = Fn.RunFunctionRequest.OBSERVED_FIELD_NUMBER << 3 | DELIMITED;
  private static final int REQUIRED =
      Fn.RunFunctionRequest.REQUIRED_RESOURCES_FIELD_NUMBER << 3 | DELIMITED;
  private static final int RESOURCES = Fn.State.RESOURCES_FIELD_NUMBER << 3 | DELIMITED;
  private static final int ITEMS = Fn.Resources.ITEMS_FIELD_NUMBER << 3 | DELIMITED;
  private static final int OBJECT = Fn.Resource.RESOURCE_FIELD_NUMBER << 3 | DELIMITED;
  private static final int KEY = 1 << 3 | DELIMITED;
  private static final int VALUE = 2 << 3 | DELIMITED;

  private final SortedMap<String, Tree> observed = new TreeMap<>();
  private final SortedMap<String, List<Tree>> required = new TreeMap<>();

  /** The composed resources that were taken out, by name. */
  SortedMap<String, Tree> observed() {
    return observed;
  }

  /** The required resources that were taken out, by name of the requirement. */
  SortedMap<String, List<Tree>> required() {
    return required;
  }

  /** The bytes of the request without what is taken out. */
  byte[] split(Slice request) throws IOException {
    ByteString.Output rest = ByteString.newOutput();
    CodedOutputStream output = CodedOutputStream.newInstance(rest);
    CodedInputStream input = request.open();
    for (int start = 0, tag = input.readTag(); tag != 0; tag = input.readTag()) {
      switch (tag) {
        case OBSERVED ->
            output.writeByteArray(
                Fn.RunFunctionRequest.OBSERVED_FIELD_NUMBER, splitState(request.next(input)));
        case REQUIRED -> {
          Entry entry = entry(request.next(input));
          required.put(entry.name(), items(entry.value()));
        }
        default -> {
          EncodedTree.skip(input, tag);
          request.copySince(start, input, output);
        }
      }
      start = input.getTotalBytesRead();
    }
    output.flush();
    return rest.toByteString().toByteArray();
  }

  private byte[] splitState(Slice state) throws IOException {
    ByteString.Output rest = ByteString.newOutput();
    CodedOutputStream output = CodedOutputStream.newInstance(rest);
    CodedInputStream input = state.open();
    for (int start = 0, tag = input.readTag(); tag != 0; tag = input.readTag()) {
      if (tag == RESOURCES) {
        Entry entry = entry(state.next(input));
        observed.put(entry.name(), object(entry.value()));
      } else {
        EncodedTree.skip(input, tag);
        state.copySince(start, input, output);
      }
      start = input.getTotalBytesRead();
    }
    output.flush();
    return rest.toByteString().toByteArray();
  }

  /** An entry of a map, whose value is not decoded. */
  private record Entry(String name, Slice value) {}

  private static Entry entry(Slice entry) throws IOException {
    String name = "";
    Slice value = Slice.of(new byte[0]);
    CodedInputStream input = entry.open();
    for (int tag = input.readTag(); tag != 0; tag = input.readTag()) {
      switch (tag) {
        case KEY -> name = input.readStringRequireUtf8();
        case VALUE -> value = entry.next(input);
        default -> EncodedTree.skip(input, tag);
      }
    }
    return new Entry(name, value);
  }

  private static List<Tree> items(Slice resources) throws IOException {
    var items = new ArrayList<Tree>();
    CodedInputStream input = resources.open();
    for (int tag = input.readTag(); tag != 0; tag = input.readTag()) {
      if (tag == ITEMS) {
        items.add(object(resources.next(input)));
      } else {
        EncodedTree.skip(input, tag);
      }
    }
    return Collections.unmodifiableList(items);
  }

  private static Tree object(Slice resource) throws IOException {
    Tree object = Tree.absent();
    CodedInputStream input = resource.open();
    for (int tag = input.readTag(); tag != 0; tag = input.readTag()) {
      if (tag == OBJECT) {
        object = EncodedTree.ofStruct(resource.next(input));
      } else {
        EncodedTree.skip(input, tag);
      }
    }
    return object;
  }
}
