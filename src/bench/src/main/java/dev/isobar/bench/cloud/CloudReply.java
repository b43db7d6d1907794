package dev.isobar.bench.cloud;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Map;

/** What is answered: a status of HTTP, headers, and JSON. */
final class CloudReply {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final int status;
  private final Map<String, String> headers;
  private final byte[] body;

  /** An answer whose JSON is written already, which nobody changes any more. */
  CloudReply(int status, Map<String, String> headers, byte[] body) {
    this.status = status;
    this.headers = Map.copyOf(headers);
    this.body = body;
  }

  static CloudReply of(int status, Object body) {
    return new CloudReply(status, Map.of(), json(body));
  }

  static CloudReply missing(String what) {
    return of(404, Map.of("itemNotFound", Map.of("code", 404, "message", what)));
  }

  static byte[] json(Object value) {
    try {
      return JSON.writeValueAsBytes(value);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("maps, lists, texts and numbers are JSON", impossible);
    }
  }

  int status() {
    return status;
  }

  Map<String, String> headers() {
    return headers;
  }

  byte[] body() {
    return body;
  }
}
