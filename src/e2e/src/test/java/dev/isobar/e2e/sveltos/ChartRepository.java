package dev.isobar.e2e.sveltos;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Collectors;

/** A repository of charts on the loopback, as Helm knows them: an index and archives. */
final class ChartRepository implements Closeable {
  private static final String PATH = "/charts/";
  private static final String INDEX = "index.yaml";
  private static final int FOUND = 200;
  private static final int MISSING = 404;

  private record Offer(String chart, String version, byte[] archive) {
    String file() {
      return chart + "-" + version + ".tgz";
    }

    String entry() {
      return "  %s:\n  - {apiVersion: v2, name: %s, version: %s, urls: [%s]}\n"
          .formatted(chart, chart, version, file());
    }
  }

  private final HttpServer server;
  private final Map<String, Offer> offers = new ConcurrentSkipListMap<>();

  private ChartRepository(HttpServer server) {
    this.server = server;
  }

  /** Starts one without charts. */
  static ChartRepository start() {
    try {
      HttpServer server =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      var repository = new ChartRepository(server);
      server.createContext(PATH, repository::answer);
      server.start();
      return repository;
    } catch (IOException impossible) {
      throw new UncheckedIOException("cannot serve charts", impossible);
    }
  }

  /** Its address, as a claim or a mirror names it. */
  String address() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/charts";
  }

  /** Offers a version of a chart with one template. Sveltos keeps an index that it has read. */
  void offer(String chart, String version, String template) {
    offer(chart, version, Map.of("templates/all.yaml", template));
  }

  /** Offers a version of a chart with these files, besides the one that names it. */
  void offer(String chart, String version, Map<String, String> files) {
    var all = new TreeMap<String, String>();
    files.forEach((path, content) -> all.put(chart + "/" + path, content));
    all.put(
        chart + "/Chart.yaml", "apiVersion: v2\nname: %s\nversion: %s\n".formatted(chart, version));
    offers.put(chart, new Offer(chart, version, ChartArchive.of(all)));
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private void answer(HttpExchange exchange) throws IOException {
    String file = exchange.getRequestURI().getPath().substring(PATH.length());
    byte[] body = file.equals(INDEX) ? index() : archive(file);
    try (exchange) {
      exchange.sendResponseHeaders(body.length == 0 ? MISSING : FOUND, body.length);
      exchange.getResponseBody().write(body);
    }
  }

  private byte[] index() {
    String entries = offers.values().stream().map(Offer::entry).collect(Collectors.joining());
    return ("apiVersion: v1\nentries:\n" + entries).getBytes(StandardCharsets.UTF_8);
  }

  private byte[] archive(String file) {
    return offers.values().stream()
        .filter(offer -> offer.file().equals(file))
        .findFirst()
        .map(Offer::archive)
        .orElseGet(() -> new byte[0]);
  }
}
