package dev.isobar.function.grpc;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** HTTP beside gRPC: /metrics for Prometheus, /healthz and /readyz for probes. */
final class MetricsServer implements Closeable {
  private static final int OK = 200;
  private static final int NOT_FOUND = 404;
  private static final int METHOD_NOT_ALLOWED = 405;
  private static final int UNAVAILABLE = 503;

  private final HttpServer server;
  private final ExecutorService handlers = Executors.newVirtualThreadPerTaskExecutor();
  private final Supplier<String> metrics;
  private final BooleanSupplier ready;

  MetricsServer(ListenAddress address, Supplier<String> metrics, BooleanSupplier ready)
      throws IOException {
    this.metrics = metrics;
    this.ready = ready;
    server = HttpServer.create(address.socket(), 0);
    server.createContext("/", this::handle);
    server.setExecutor(handlers);
    server.start();
  }

  int port() {
    return server.getAddress().getPort();
  }

  @Override
  public void close() {
    server.stop(0);
    handlers.shutdownNow();
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
        case "/readyz" ->
            send(
                exchange,
                ready.getAsBoolean() ? OK : UNAVAILABLE,
                ready.getAsBoolean() ? "ok\n" : "draining\n");
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
