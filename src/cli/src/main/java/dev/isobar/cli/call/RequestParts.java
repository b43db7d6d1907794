package dev.isobar.cli.call;

import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import dev.isobar.function.grpc.ServerSettings;
import dev.isobar.function.wire.proto.Fn;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What takes the room in a request. */
final class RequestParts {
  private static final int SHOWN = 3;

  private RequestParts() {}

  /** Why a function does not read all of it, with the largest objects. */
  static String words(Fn.RunFunctionRequest request) {
    List<Struct> largest =
        objects(request)
            .map(Fn.Resource::getResource)
            .sorted(
                Comparator.comparingInt(Struct::getSerializedSize)
                    .reversed()
                    .thenComparing(RequestParts::words))
            .limit(SHOWN)
            .toList();
    return "the request comes to %d bytes, and functions read %d unless --max-recv-message-size says otherwise, in a cluster too; hand in fewer or shorter objects, the largest are %s"
        .formatted(
            request.getSerializedSize(),
            ServerSettings.DEFAULT_REQUEST_LIMIT_BYTES,
            largest.stream().map(RequestParts::words).collect(Collectors.joining(", ")));
  }

  private static Stream<Fn.Resource> objects(Fn.RunFunctionRequest request) {
    return Stream.concat(
        Stream.concat(
            Stream.of(request.getObserved().getComposite()),
            request.getObserved().getResourcesMap().values().stream()),
        request.getRequiredResourcesMap().values().stream()
            .flatMap(found -> found.getItemsList().stream()));
  }

  private static String words(Struct object) {
    Struct metadata = field(object, "metadata").getStructValue();
    String namespace = field(metadata, "namespace").getStringValue();
    return "%s %s%s (%d)"
        .formatted(
            field(object, "kind").getStringValue(),
            namespace.isEmpty() ? "" : namespace + "/",
            field(metadata, "name").getStringValue(),
            object.getSerializedSize());
  }

  private static Value field(Struct object, String name) {
    return object.getFieldsOrDefault(name, Value.getDefaultInstance());
  }
}
