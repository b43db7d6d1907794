package dev.isobar.function.wire;

import com.google.protobuf.WireFormat;
import dev.isobar.apis.tree.Tree;
import dev.isobar.function.wire.proto.Fn;
import java.io.ByteArrayOutputStream;
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
  private static final int COMPOSITE = Fn.State.COMPOSITE_FIELD_NUMBER << 3 | DELIMITED;
  private static final int RESOURCES = Fn.State.RESOURCES_FIELD_NUMBER << 3 | DELIMITED;
  private static final int ITEMS = Fn.Resources.ITEMS_FIELD_NUMBER << 3 | DELIMITED;
  private static final int OBJECT = Fn.Resource.RESOURCE_FIELD_NUMBER << 3 | DELIMITED;
  private static final int KEY = 1 << 3 | DELIMITED;
  private static final int VALUE = 2 << 3 | DELIMITED;

  private Tree composite = Tree.absent();
  private final SortedMap<String, Tree> observed = new TreeMap<>();
  private final SortedMap<String, List<Tree>> required = new TreeMap<>();

  /** The composite that was taken out; absent when there was none. */
  Tree composite() {
    return composite;
  }

  /** The composed resources that were taken out, by name. */
  SortedMap<String, Tree> observed() {
    return observed;
  }

  /** The required resources that were taken out, by name of the requirement. */
  SortedMap<String, List<Tree>> required() {
    return required;
  }

  /** The bytes of the request without what is taken out. */
  byte[] split(byte[] bytes) throws IOException {
    WireReader request = WireReader.of(bytes);
    var rest = new ByteArrayOutputStream();
    for (int start = 0, tag = request.tag(); tag != 0; tag = request.tag()) {
      switch (tag) {
        case OBSERVED -> readState(request.next());
        case REQUIRED -> {
          Entry entry = entry(request.next());
          required.put(entry.name(), items(entry.value()));
        }
        default -> {
          request.skip(tag);
          request.copySince(start, rest);
        }
      }
      start = request.at();
    }
    return rest.toByteArray();
  }

  private void readState(WireReader state) throws IOException {
    for (int tag = state.tag(); tag != 0; tag = state.tag()) {
      switch (tag) {
        case COMPOSITE -> composite = object(state.next());
        case RESOURCES -> {
          Entry entry = entry(state.next());
          observed.put(entry.name(), object(entry.value()));
        }
        default -> state.skip(tag);
      }
    }
  }

  /** An entry of a map, whose value is not decoded. */
  private record Entry(String name, WireReader value) {}

  private static Entry entry(WireReader entry) throws IOException {
    String name = "";
    WireReader value = WireReader.of(new byte[0]);
    for (int tag = entry.tag(); tag != 0; tag = entry.tag()) {
      switch (tag) {
        case KEY -> name = entry.text();
        case VALUE -> value = entry.next();
        default -> entry.skip(tag);
      }
    }
    return new Entry(name, value);
  }

  private static List<Tree> items(WireReader resources) throws IOException {
    var items = new ArrayList<Tree>();
    for (int tag = resources.tag(); tag != 0; tag = resources.tag()) {
      if (tag == ITEMS) {
        items.add(object(resources.next()));
      } else {
        resources.skip(tag);
      }
    }
    return Collections.unmodifiableList(items);
  }

  private static Tree object(WireReader resource) throws IOException {
    Tree object = Tree.absent();
    for (int tag = resource.tag(); tag != 0; tag = resource.tag()) {
      if (tag == OBJECT) {
        object = EncodedTree.ofStruct(resource.next());
      } else {
        resource.skip(tag);
      }
    }
    return object;
  }
}
