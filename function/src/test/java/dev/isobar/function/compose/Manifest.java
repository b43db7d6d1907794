package dev.isobar.function.compose;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.isobar.apis.tree.Tree;
import java.util.LinkedHashMap;
import java.util.Map;

/** Objects as people write them: YAML, and what is laid over it. */
public final class Manifest {
  private static final YAMLMapper YAML = new YAMLMapper();

  private Manifest() {}

  /** The object of a YAML text; no fields when it is empty. */
  public static Map<String, Object> of(String yaml) {
    return object(value(yaml));
  }

  /** The value of a YAML text, with sorted maps and long numbers, as compositions emit it. */
  public static Object plain(String yaml) {
    Object plain = Tree.of(value(yaml)).plain();
    return plain == null ? Map.of() : plain;
  }

  /** An object with another laid over it: null takes a field away, lists are replaced. */
  public static Map<String, Object> merged(Map<String, Object> below, Map<String, Object> above) {
    var merged = new LinkedHashMap<String, Object>(below);
    above.forEach((key, value) -> {
      if (value == null) {
        merged.remove(key);
      } else if (value instanceof Map<?, ?> map && merged.get(key) instanceof Map<?, ?> under) {
        merged.put(key, merged(object(under), object(map)));
      } else {
        merged.put(key, value);
      }
    });
    return merged;
  }

  /** An object with the YAML laid over it. */
  public static Map<String, Object> merged(Map<String, Object> below, String above) {
    return merged(below, of(above));
  }

  /** A value known to be an object. */
  public static Map<String, Object> object(Object value) {
    var object = new LinkedHashMap<String, Object>();
    if (value instanceof Map<?, ?> map) {
      map.forEach((key, child) -> object.put(String.valueOf(key), child));
    }
    return object;
  }

  private static Object value(String yaml) {
    try {
      Object value = YAML.readValue(yaml.isBlank() ? "{}" : yaml, Object.class);
      return value == null ? Map.of() : value;
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(yaml, e);
    }
  }
}
