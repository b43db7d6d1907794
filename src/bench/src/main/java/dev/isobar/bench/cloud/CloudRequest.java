package dev.isobar.bench.cloud;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import dev.isobar.apis.tree.Tree;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/**
 * A request.
 *
 * @param path without the service's part
 */
record CloudRequest(String method, String path, Map<String, String> query, Tree body) {
  private static final ObjectMapper JSON = new ObjectMapper();

  static CloudRequest read(HttpExchange exchange) throws IOException {
    byte[] bytes = exchange.getRequestBody().readAllBytes();
    return new CloudRequest(
        exchange.getRequestMethod(),
        exchange.getRequestURI().getPath(),
        query(exchange.getRequestURI().getRawQuery()),
        bytes.length == 0 ? Tree.absent() : Tree.of(JSON.readValue(bytes, Map.class)));
  }

  /** The service it is for, which is the first part of the path. */
  String service() {
    return path.split("/", 3)[1];
  }

  /** The same as the service sees it. */
  CloudRequest below(String prefix) {
    return new CloudRequest(
        method, path.substring(Math.min(prefix.length(), path.length())), query, body);
  }

  /** What is asked for, with {@code ID} in the place of a server's or port's id. */
  String question() {
    return method + " " + path.replaceAll("^/(servers|ports)/(?!detail$)[^/]+", "/$1/ID");
  }

  private static Map<String, String> query(String raw) {
    Map<String, String> query = new HashMap<>();
    if (raw != null) {
      for (String pair : raw.split("&", -1)) {
        String[] parts = pair.split("=", 2);
        query.put(decoded(parts[0]), parts.length > 1 ? decoded(parts[1]) : "");
      }
    }
    return query;
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }
}
