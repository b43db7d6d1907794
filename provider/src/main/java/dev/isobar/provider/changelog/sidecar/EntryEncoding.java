package dev.isobar.provider.changelog.sidecar;

import com.google.protobuf.ListValue;
import com.google.protobuf.NullValue;
import com.google.protobuf.Struct;
import com.google.protobuf.Timestamp;
import com.google.protobuf.Value;
import dev.isobar.apis.tree.Tree;
import dev.isobar.provider.changelog.ChangeLogEntry;
import dev.isobar.provider.changelog.sidecar.proto.Wire;
import java.time.Instant;

/** Entries as Crossplane's sidecar reads them. */
final class EntryEncoding {
  private EntryEncoding() {}

  static Wire.SendChangeLogRequest request(ChangeLogEntry entry) {
    Tree snapshot = entry.snapshot();
    var message =
        Wire.ChangeLogEntry.newBuilder()
            .setTimestamp(timestamp(entry.at()))
            .setProvider(entry.provider())
            .setApiVersion(snapshot.at("apiVersion").text().orElse(""))
            .setKind(snapshot.at("kind").text().orElse(""))
            .setName(snapshot.at("metadata", "name").text().orElse(""))
            .setExternalName(entry.externalName())
            .setOperation(operation(entry.operation()))
            .setSnapshot(struct(snapshot))
            .putAllAdditionalDetails(entry.details());
    entry.error().ifPresent(message::setErrorMessage);
    return Wire.SendChangeLogRequest.newBuilder().setEntry(message).build();
  }

  private static Timestamp timestamp(Instant at) {
    return Timestamp.newBuilder().setSeconds(at.getEpochSecond()).setNanos(at.getNano()).build();
  }

  private static Wire.OperationType operation(ChangeLogEntry.Operation operation) {
    return switch (operation) {
      case CREATE -> Wire.OperationType.OPERATION_TYPE_CREATE;
      case UPDATE -> Wire.OperationType.OPERATION_TYPE_UPDATE;
      case DELETE -> Wire.OperationType.OPERATION_TYPE_DELETE;
    };
  }

  private static Struct struct(Tree object) {
    var struct = Struct.newBuilder();
    object.fields().forEach(field -> struct.putFields(field, value(object.at(field))));
    return struct.build();
  }

  private static Value value(Tree tree) {
    var value = Value.newBuilder();
    return switch (tree.shape()) {
      case ABSENT -> value.setNullValue(NullValue.NULL_VALUE).build();
      case TEXT -> value.setStringValue(tree.text().orElse("")).build();
      case NUMBER -> value.setNumberValue(tree.number().orElse(0.0)).build();
      case TRUTH -> value.setBoolValue(tree.truth().orElse(false)).build();
      case LIST -> {
        var list = ListValue.newBuilder();
        tree.items().forEach(item -> list.addValues(value(item)));
        yield value.setListValue(list).build();
      }
      case OBJECT -> value.setStructValue(struct(tree)).build();
    };
  }
}
