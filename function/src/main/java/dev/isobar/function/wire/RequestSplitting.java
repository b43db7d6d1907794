package dev.isobar.function.wire;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.WireFormat;
import dev.isobar.function.tree.Tree;
import dev.isobar.function.wire.proto.Fn;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Takes the objects that exist out of a request's bytes, without decoding them. */
final class RequestSplitting {
  private static final int OBSERVED =
      delimited(Fn.RunFunctionRequest.OBSERVED_FIELD_NUMBER);
  private static final int REQUIRED =
      delimited(Fn.RunFunctionRequest.REQUIRED_RESOURCES_FIELD_NUMBER);
  private static final int RESOURCES = delimited(Fn.State.RESOURCES_FIELD_NUMBER);
  private static final int ITEMS = delimited(Fn.Resources.ITEMS_FIELD_NUMBER);
  private static final int OBJECT = delimited(Fn.Resource.RESOURCE_FIELD_NUMBER);
  private static final int KEY = delimited(1);
  private static final int VALUE = delimited(2);

  private final SortedMap<String, Tree> observed = new TreeMap<>();
  private final SortedMap<String, List<Tree>> required = new TreeMap<>();

  private static int delimited(int field) {
    return field << 3 | WireFormat.WIRETYPE_LENGTH_DELIMITED;
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
  byte[] split(Slice request) throws IOException {
    ByteString.Output rest = ByteString.newOutput();
    CodedOutputStream output = CodedOutputStream.newInstance(rest);
    CodedInputStream input = request.open();
    for (int tag = input.readTag(); tag != 0; tag = input.readTag()) {
      switch (tag) {
        case OBSERVED -> 
      }
    }
    output.flush();
    return rest.toByteString().toByteArray();
  }
}
