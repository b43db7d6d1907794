package dev.isobar.packaging.oci;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;

/** Maps, lists, strings and numbers as JSON, fields in the order they have. */
public final class JsonDocument {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  private JsonDocument() {}

  /** The document in one line. */
  public static String of(Object document) {
    try {
      return MAPPER.writeValueAsString(document);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("a document is made of plain values", impossible);
    }
  }
}
