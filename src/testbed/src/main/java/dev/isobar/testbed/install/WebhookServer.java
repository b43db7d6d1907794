package dev.isobar.testbed.install;

import dev.isobar.cli.yaml.Plain;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where a program serves its webhooks. Published objects name a Service; there are none here, so
 * the URL takes its place.
 *
 * @param port on 127.0.0.1
 * @param authority certificate of who signed the server's, as PEM
 */
public record WebhookServer(int port, String authority) {
  private static final String CLIENT = "clientConfig";

  /** An object with every webhook in it reached by URL. */
  Map<String, @Nullable Object> reached(Map<String, @Nullable Object> object) {
    return map(object);
  }

  private Map<String, @Nullable Object> map(Map<?, ?> map) {
    var copy = Plain.copy(map);
    copy.replaceAll((field, value) ->
        field.equals(CLIENT) && namesService(value) ? client(Plain.copy(value)) : any(value));
    return copy;
  }

  private @Nullable Object any(@Nullable Object value) {
    return switch (value) {
      case Map<?, ?> map -> map(map);
      case List<?> list -> {
        var copy = new ArrayList<@Nullable Object>();
        list.forEach(item -> copy.add(any(item)));
        yield copy;
      }
      case null -> null;
      default -> value;
    };
  }

  /** Schemas of CRDs have fields of the same name. */
  private static boolean namesService(@Nullable Object client) {
    return Plain.copy(Plain.copy(client).get("service")).get("name") instanceof String;
  }

  private Map<String, @Nullable Object> client(Map<String, @Nullable Object> client) {
    var service = Plain.copy(client.remove("service"));
    client.put("url", "https://127.0.0.1:" + port + service.getOrDefault("path", ""));
    client.put(
        "caBundle", Base64.getEncoder().encodeToString(authority.getBytes(StandardCharsets.UTF_8)));
    return client;
  }
}
