package dev.isobar.function.wire;

import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.WireFormat;
import dev.isobar.function.contract.Resource;
import dev.isobar.function.wire.proto.Fn;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.SortedMap;

/** A response, ready to be sent: composed resources that are ours alone are encoded already. */
final class Rendered {
  private final Fn.RunFunctionResponse response;
  private final byte[] resources;
  private final int count;

  private Rendered(Fn.RunFunctionResponse response, byte[] resources, int count) {
    this.response = response;
    this.resources = resources;
    this.count = count;
  }

  /** A response that is complete. */
  static Rendered of(Fn.RunFunctionResponse response) {
    return new Rendered(response, new byte[0], 0);
  }

  /** A response that has these composed resources besides its own. */
  static Rendered of(Fn.RunFunctionResponse response, SortedMap<String, Resource> resources) {
    return new Rendered(response, ResourceEncoding.encode(resources), resources.size());
  }

  /** The response without those composed resources that are encoded. */
  Fn.RunFunctionResponse response() {
    return response;
  }

  /** How many composed resources there are in all. */
  int composed() {
    return response.getDesired().getResourcesCount() + count;
  }

  /** How many bytes there are. */
  int size() {
    int desired = desiredSize();
    int before = response.getDesired().getSerializedSize();
    return response.getSerializedSize()
        + resources.length
        + (response.hasDesired() ? prefix(desired) - prefix(before) : 0);
  }

  private int desiredSize() {
    return response.getDesired().getSerializedSize() + resources.length;
  }

  private static int prefix(int length) {
    return CodedOutputStream.computeUInt32SizeNoTag(length);
  }

  /**
   * The bytes. Maps are sorted by key: their order in a request differs from call to call, and must
   * not show in the answer.
   */
  byte[] bytes() {
    var bytes = new byte[size()];
    CodedOutputStream output = CodedOutputStream.newInstance(bytes);
    output.useDeterministicSerialization();
    try {
      if (response.hasDesired()) {
        response.toBuilder().clearDesired().build().writeTo(output);
        output.writeTag(
            Fn.RunFunctionResponse.DESIRED_FIELD_NUMBER, WireFormat.WIRETYPE_LENGTH_DELIMITED);
        output.writeUInt32NoTag(desiredSize());
        response.getDesired().writeTo(output);
        output.writeRawBytes(resources);
      } else {
        response.writeTo(output);
      }
      output.checkNoSpaceLeft();
    } catch (IOException impossible) {
      throw new UncheckedIOException("cannot write to an array of the right size", impossible);
    }
    return bytes;
  }
}
