package dev.isobar.provider.operate;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/** HTTP for operators: /metrics for Prometheus, /healthz and /readyz for probes. */
public final class StatusPages implements Closeable {
  private static final int OK = 200;
  private static final int NOT_FOUND = 404;
  private static final int METHOD_NOT_ALLOWED = 405;
  private static final int UNAVAILABLE = 503;

  private final HttpServer server;
  private final ExecutorService handlers = Executors.newVirtualThreadPerTaskExecutor();
  private final Supplier<String> metrics;
  private final Supplier<Optional<String>> obstacle;

  /**
   * Serves from now on.
   *
   * @param obstacle why the provider is not ready; nothing when it is, also when another replica
   *     leads
   * @throws IOException when the address cannot be had
   */
  public StatusPages(
      InetSocketAddress address, Supplier<String> metrics, Supplier<Optional<String>> obstacle)
      throws IOException {
    this.metrics = metrics;
    this.obstacle = obstacle;
    server = HttpServer.create(address, 0);
    var _ = server.createContext("/", this::handle);
    server.setExecutor(handlers);
    server.start();
  }

  /** The port it listens on. */
  public int port() {
    return server.getAddress().getPort();
  }

  @Override
  public void close() {
    server.stop(0);
    var _ = handlers.shutdownNow();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      String method = exchange.getRequestMethod();
      if (!method.equals("GET") && !method.equals("HEAD")) {
        send(exchange, METHOD_NOT_ALLOWED, "only GET and HEAD\n");
        return;
      }
      switch (exchange.getRequestURI().getPath()) {
        case "/metrics" -> send(exchange, OK, metrics.get());
        case "/healthz" -> send(exchange, OK, "ok\n");
        case "/readyz" -> {
          Optional<String> why = obstacle.get();
          send(exchange, why.isEmpty() ? OK : UNAVAILABLE, why.orElse("ok") + "\n");
        }
        default -> send(exchange, NOT_FOUND, "there are /metrics, /healthz and /readyz\n");
      }
    }
  }

  private static void send(HttpExchange exchange, int status, String text) throws IOException {
    byte[] body = text.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "text/plain; version=0.0.4; charset=utf-8");
    boolean bodiless = exchange.getRequestMethod().equals("HEAD");
    exchange.sendResponseHeaders(status, bodiless ? -1 : body.length);
    if (!bodiless) {
      exchange.getResponseBody().write(body);
    }
  }
}
