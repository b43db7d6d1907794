package dev.isobar.cli.call;

import com.google.protobuf.Struct;
import dev.isobar.cli.yaml.ManifestParsing;
import dev.isobar.function.wire.proto.Fn;
import java.util.Map;

/** Objects of tests, written as YAML. */
public final class Yaml {
  private Yaml() {}

  public static Map<String, Object> map(String yaml) {
    return ManifestParsing.parse("test.yaml", yaml).getFirst().object();
  }

  public static Struct struct(String yaml) {
    return Structs.struct(map(yaml));
  }

  public static Fn.Resource resource(Fn.Ready ready, String yaml) {
    return Fn.Resource.newBuilder().setReady(ready).setResource(struct(yaml)).build();
  }

  /** What a message of an object says, as plain values. */
  public static Map<String, Object> map(Fn.Resource resource) {
    return Structs.map(resource.getResource());
  }
}
