package dev.isobar.cli.yaml;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Objects as maps. */
public final class Plain {
  private Plain() {}

  /** The fields of an object, in their order, to be changed freely; none when it is no object. */
  public static Map<String, @Nullable Object> copy(@Nullable Object value) {
    var copy = new LinkedHashMap<String, @Nullable Object>();
    if (value instanceof Map<?, ?> map) {
      map.forEach((name, child) -> copy.put(String.valueOf(name), child));
    }
    return copy;
  }
}
