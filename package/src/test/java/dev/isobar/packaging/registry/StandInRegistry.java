package dev.isobar.packaging.registry;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.isobar.packaging.oci.Digest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** A registry that keeps what it is given, and may want to know who gives it. */
final class StandInRegistry implements AutoCloseable {
  /** What it takes of those who want to write, whatever their password was. */
  private static final String TOKEN = "Bearer good";

  private final HttpServer server;
  private final TreeMap<String, byte[]> kept = new TreeMap<>();
  private final List<String> requests = new ArrayList<>();

  /** A password as HTTP has it, where a token must be had first. */
  private Optional<String> password = Optional.empty();

  private Optional<String> refusal = Optional.empty();
  private int busy;
  private int broken;

  StandInRegistry() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
  }

  String host() {
    return "127.0.0.1:" + server.getAddress().getPort();
  }

  StandInRegistry wantsPassword(String basic) {
    password = Optional.of("Basic " + basic);
    return this;
  }

  StandInRegistry refusesManifests(String why) {
    refusal = Optional.of(why);
    return this;
  }

  /** It answers so many requests that it has no time. */
  StandInRegistry isBusy(int times) {
    busy = times;
    return this;
  }

  /** The line breaks while it is sent so many layers. */
  StandInRegistry breaksOff(int times) {
    broken = times;
    return this;
  }

  /** What it was asked, digests cut short. */
  synchronized List<String> requests() {
    return requests.stream().map(line -> line.replaceAll("(sha256:.{4})\\w*", "$1")).toList();
  }

  /** What it keeps, by path. */
  synchronized TreeMap<String, byte[]> kept() {
    return new TreeMap<>(kept);
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private synchronized void answer(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().toString();
    requests.add(exchange.getRequestMethod() + " " + path);
    byte[] body = exchange.getRequestBody().readAllBytes();
    if (busy > 0) {
      busy--;
      end(exchange, 503, "no time");
      return;
    }
    if (broken > 0 && path.contains("/upload/")) {
      broken--;
      exchange.close();
      return;
    }
    String authorization =
        Optional.ofNullable(exchange.getRequestHeaders().getFirst("Authorization")).orElse("");
    if (path.startsWith("/token")) {
      boolean known = password.equals(Optional.of(authorization));
      end(exchange, known ? 200 : 401, known ? "{\"token\":\"good\"}" : "who are you?");
    } else if (password.isPresent() && !authorization.equals(TOKEN)) {
      exchange
          .getResponseHeaders()
          .add(
              "WWW-Authenticate",
              "Bearer realm=\"http://" + host() + "/token\",service=\"a registry\"");
      end(exchange, 401, "");
    } else {
      serve(exchange, path, body);
    }
  }

  private void serve(HttpExchange exchange, String path, byte[] body) throws IOException {
    switch (exchange.getRequestMethod()) {
      case "HEAD" -> {
        Optional<byte[]> there = Optional.ofNullable(kept.get(path));
        there.ifPresent(bytes ->
            exchange
                .getResponseHeaders()
                .add("Docker-Content-Digest", Digest.of(bytes).toString()));
        end(exchange, there.isPresent() ? 200 : 404, "");
      }
      case "POST" -> {
        exchange.getResponseHeaders().add("Location", "/v2/upload/7?state=1");
        end(exchange, 202, "");
      }
      case "PUT" -> {
        if (path.contains("/manifests/") && refusal.isPresent()) {
          end(exchange, 400, refusal.get());
          return;
        }
        String digest = path.substring(path.indexOf("digest=") + "digest=".length());
        boolean blob = path.startsWith("/v2/upload/7?state=1&digest=");
        if (blob && !Digest.of(body).toString().equals(digest)) {
          end(exchange, 400, "the digest is another one");
          return;
        }
        kept.put(blob ? "/v2/acme/x/blobs/" + digest : path, body);
        end(exchange, 201, "");
      }
      default -> end(exchange, 405, "");
    }
  }

  private static void end(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    boolean none = bytes.length == 0 || exchange.getRequestMethod().equals("HEAD");
    exchange.sendResponseHeaders(status, none ? -1 : bytes.length);
    if (!none) {
      exchange.getResponseBody().write(bytes);
    }
    exchange.close();
  }
}
