package dev.isobar.function.wire;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import dev.isobar.apis.tree.Tree;
import dev.isobar.function.contract.Request;
import dev.isobar.function.wire.proto.Fn;
import java.io.IOException;
import java.util.Collections;
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

  private static final int TAG =
      Fn.RequestMeta.TAG_FIELD_NUMBER << 3 | WireFormat.WIRETYPE_LENGTH_DELIMITED;

  private RequestReading() {}

  /**
   * A request of which the objects that exist are left as they came, because there are many and few
   * of their fields are looked at.
   *
   * @param request all but these objects
   * @param composite the composite as observed, absent when there is none
   * @param observed composed resources by name
   * @param required what was asked for, by name of the requirement
   */
  record Received(
      Fn.RunFunctionRequest request,
      Tree composite,
      SortedMap<String, Tree> observed,
      SortedMap<String, List<Tree>> required) {
    /** A request of which nothing else can be used. */
    static Received only(Fn.RunFunctionRequest request) {
      return new Received(
          request, Tree.absent(), Collections.emptySortedMap(), Collections.emptySortedMap());
    }
  }

  /**
   * Reads a whole request.
   *
   * @throws IOException when the bytes are not one
   * @throws Measuring.Exceeded when it holds more than is decoded of any
   */
  static Received receive(byte[] bytes) throws IOException, Measuring.Exceeded {
    Measuring.check(bytes, NESTING);
    var splitting = new RequestSplitting();
    CodedInputStream input = CodedInputStream.newInstance(splitting.split(bytes));
    input.setRecursionLimit(NESTING);
    Fn.RunFunctionRequest request = Fn.RunFunctionRequest.parseFrom(input);
    input.checkLastTagWas(0);
    return new Received(
        request,
        splitting.composite(),
        splitting.observed(),
        required(request, splitting.required()));
  }

  /**
   * As much of a request that cannot be parsed as is needed to answer it: its tag, if that comes
   * before the damage.
   */
  static Received salvage(byte[] bytes) {
    Fn.RunFunctionRequest.Builder salvaged = Fn.RunFunctionRequest.newBuilder();
    CodedInputStream input = CodedInputStream.newInstance(bytes);
    try {
      for (int tag = input.readTag(); tag != 0; tag = input.readTag()) {
        if (tag == META) {
          salvaged.getMetaBuilder().setTag(tag(input));
        } else if (!input.skipField(tag)) {
          break;
        }
      }
    } catch (IOException _) {
      // The caller has this failure already, from parsing the same bytes.
      return Received.only(salvaged.build());
    }
    return Received.only(salvaged.build());
  }

  /** The tag in a RequestMeta, of which nothing else is made: it may be what is wrong. */
  private static String tag(CodedInputStream input) throws IOException {
    int outer = input.pushLimit(input.readRawVarint32());
    String text = "";
    for (int tag = input.readTag(); tag != 0; tag = input.readTag()) {
      if (tag == TAG) {
        text = input.readStringRequireUtf8();
      } else if (!input.skipField(tag)) {
        break;
      }
    }
    input.popLimit(outer);
    return text;
  }

  /** The request in the words of the contract. */
  static Request read(Received received) {
    return new Request(
        received.composite(),
        received.observed(),
        received.required(),
        StructTree.of(received.request().getInput()));
  }

  /** What came under today's name wins. */
  private static SortedMap<String, List<Tree>> required(
      Fn.RunFunctionRequest request, SortedMap<String, List<Tree>> split) {
    var required = new TreeMap<String, List<Tree>>();
    extra(request).forEach((name, resources) -> required.put(name, trees(resources)));
    required.putAll(split);
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
