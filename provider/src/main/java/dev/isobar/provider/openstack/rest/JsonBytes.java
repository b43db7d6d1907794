package dev.isobar.provider.openstack.rest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.isobar.apis.tree.Tree;
import java.io.IOException;
import java.util.Optional;

/** JSON to and from plain values. */
final class JsonBytes {
  private static final ObjectMapper MAPPER =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

  private JsonBytes() {}

  static byte[] write(Object plain) {
    try {
      return MAPPER.writeValueAsBytes(plain);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("not made of plain values", e);
    }
  }

  /** What the bytes say; empty when they are no JSON, or are cut. */
  static Optional<Tree> read(byte[] bytes) {
    try {
      return Optional.of(Tree.of(MAPPER.readValue(bytes, Object.class)));
    } catch (IOException _) {
      return Optional.empty();
    }
  }
}
