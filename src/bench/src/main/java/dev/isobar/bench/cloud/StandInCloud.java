package dev.isobar.bench.cloud;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Keystone, Nova and Neutron, as far as provider-isobar speaks to them for a machine with one
 * interface, and a fourth service, {@code /bench}, for whoever measures. Everybody is let in. It is
 * in a hurry until it is told how long a listing takes.
 */
final class StandInCloud implements HttpHandler {
  private static final String NOVA = "/compute/v2.1";
  private static final String NEUTRON = "/network/v2.0";
  private static final int NO_CONTENT = 204;

  private final String address;
  private final StandInNova nova = new StandInNova();
  private final StandInNeutron neutron = new StandInNeutron();
  private volatile Duration thousand = Duration.ZERO;

  /**
   * An empty cloud.
   *
   * @param address where it is reached
   */
  StandInCloud(String address) {
    this.address = address;
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      CloudReply reply = reply(CloudRequest.read(exchange));
      reply.headers().forEach((name, value) -> exchange.getResponseHeaders().set(name, value));
      boolean none = reply.status() == NO_CONTENT;
      exchange.sendResponseHeaders(reply.status(), none ? -1 : reply.body().length);
      if (!none) {
        exchange.getResponseBody().write(reply.body());
      }
    }
  }

  private CloudReply reply(CloudRequest request) {
    return switch (request.service()) {
      case "identity" -> login();
      case "compute" -> {
        CloudReply reply = nova.reply(request.below(NOVA), thousand.isZero());
        take(nova.timeOf(reply, thousand));
        yield reply;
      }
      case "network" -> neutron.reply(request.below(NEUTRON));
      case "bench" -> measured(request.below("/bench"));
      default -> CloudReply.missing(request.path());
    };
  }

  private CloudReply measured(CloudRequest request) {
    String[] parts = request.path().split("/", 3);
    return switch (parts[1]) {
      case "counts" -> CloudReply.of(200, nova.counts());
      case "seen" ->
          nova.seen(parts[2])
              .map(micros -> CloudReply.of(200, Map.of("micros", micros)))
              .orElseGet(() -> CloudReply.missing(parts[2]));
      case "thousand" -> {
        thousand = Duration.ofMillis(Long.parseLong(parts[2]));
        yield CloudReply.of(200, Map.of());
      }
      default -> CloudReply.missing(request.path());
    };
  }

  private CloudReply login() {
    Instant now = Instant.now();
    List<Object> catalogue = new ArrayList<>();
    Map.of("compute", NOVA, "network", NEUTRON, "image", "/image/v2")
        .forEach((type, path) ->
            catalogue.add(
                Map.of(
                    "type",
                    type,
                    "endpoints",
                    List.of(
                        Map.of(
                            "interface",
                            "public",
                            "region_id",
                            "RegionOne",
                            "url",
                            address + path)))));
    Map<String, Object> token =
        Map.of(
            "issued_at", now.toString(),
            "expires_at", now.plus(Duration.ofHours(1)).toString(),
            "project", Map.of("id", "project-1", "name", "bench"),
            "catalog", catalogue);
    return new CloudReply(
        201, Map.of("X-Subject-Token", "token-1"), CloudReply.json(Map.of("token", token)));
  }

  private static void take(Duration time) {
    try {
      TimeUnit.NANOSECONDS.sleep(time.toNanos());
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt(); // the process ends
    }
  }
}
