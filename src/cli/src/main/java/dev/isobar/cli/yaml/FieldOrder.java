package dev.isobar.cli.yaml;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * The order in which fields are written: what names an object first, its status last, the rest by
 * alphabet.
 */
final class FieldOrder {
  private static final List<String> FIRST =
      List.of("apiVersion", "kind", "metadata", "name", "namespace", "type");
  private static final List<String> CONDITION = List.of("type", "status", "reason", "message");

  private FieldOrder() {}

  /** The fields of an object in that order. */
  static List<Map.Entry<?, ?>> of(Map<?, ?> object) {
    var fields = new ArrayList<Map.Entry<?, ?>>(object.entrySet());
    List<String> first =
        object.containsKey("type") && object.containsKey("status") && object.containsKey("reason")
            ? CONDITION
            : FIRST;
    boolean whole = object.containsKey("apiVersion") && object.containsKey("kind");
    fields.sort(
        Comparator.<Map.Entry<?, ?>>comparingInt(field -> rank(first, whole, name(field)))
            .thenComparing(FieldOrder::name));
    return fields;
  }

  private static int rank(List<String> first, boolean whole, String name) {
    int place = first.indexOf(name);
    if (place >= 0) {
      return place;
    }
    return whole && name.equals("status") ? FIRST.size() + 1 : FIRST.size();
  }

  private static String name(Map.Entry<?, ?> field) {
    return String.valueOf(field.getKey());
  }
}
