package dev.isobar.function.wire;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import dev.isobar.function.contract.Request;
import dev.isobar.function.tree.Tree;
import dev.isobar.function.wire.proto.Fn;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Reads what core sends. */
final class RequestReading {
  /**
   * How deep messages may nest. A level of JSON takes three messages (Value, Struct, map entry), so
   * protobuf's own limit of 100 would refuse objects that Kubernetes and core's Go accept; this one
   * allows 333 levels and fits the stack.
   */
  private static final int NESTING = 1000;

  /** How field 1 begins on the wire: its number and the type of what has a length. */
  private static final int META =
      Fn.RunFunctionRequest.META_FIELD_NUMBER << 3 | WireFormat.WIRETYPE_LENGTH_DELIMITED;

  private RequestReading() {}

  /**
   * Reads a whole request.
   *
   * @throws IOException when the bytes are not one
   */
  static Fn.RunFunctionRequest parse(byte[] bytes) throws IOException {
    CodedInputStream input = CodedInputStream.newInstance(bytes);
    input.setRecursionLimit(NESTING);
    Fn.RunFunctionRequest request = Fn.RunFunctionRequest.parseFrom(input);
    input.checkLastTagWas(0);
    return request;
  }

  /**
   * As much of a request that cannot be parsed as is needed to answer it: its tag, if that comes
   * before the damage.
   */
  static Fn.RunFunctionRequest salvage(byte[] bytes) {
    Fn.RunFunctionRequest.Builder salvaged = Fn.RunFunctionRequest.newBuilder();
    CodedInputStream input = CodedInputStream.newInstance(bytes);
    try {
      for (int tag = input.readTag(); tag != 0; tag = input.readTag()) {
        if (tag == META) {
          salvaged.setMeta(Fn.RequestMeta.parseFrom(input.readByteArray()));
        } else if (!input.skipField(tag)) {
          break;
        }
      }
    } catch (IOException _) {
      // The caller has this failure already, from parsing the same bytes.
      return salvaged.build();
    }
    return salvaged.build();
  }

  /** The request in the words of the contract. */
  static Request read(Fn.RunFunctionRequest request) {
    var observed = new TreeMap<String, Tree>();
    request
        .getObserved()
        .getResourcesMap()
        .forEach((name, resource) -> observed.put(name, StructTree.of(resource.getResource())));
    return new Request(
        composite(request), observed, required(request), StructTree.of(request.getInput()));
  }

  /** The composite as observed. */
  static Tree composite(Fn.RunFunctionRequest request) {
    return StructTree.of(request.getObserved().getComposite().getResource());
  }

  private static SortedMap<String, List<Tree>> required(Fn.RunFunctionRequest request) {
    var required = new TreeMap<String, List<Tree>>();
    extra(request).forEach((name, resources) -> required.put(name, trees(resources)));
    request
        .getRequiredResourcesMap()
        .forEach((name, resources) -> required.put(name, trees(resources)));
    return required;
  }

  @SuppressWarnings("deprecation") // Old cores answer under this name.
  private static Map<String, Fn.Resources> extra(Fn.RunFunctionRequest request) {
    return request.getExtraResourcesMap();
  }

  private static List<Tree> trees(Fn.Resources resources) {
    return resources.getItemsList().stream()
        .map(item -> StructTree.of(item.getResource()))
        .toList();
  }
}
