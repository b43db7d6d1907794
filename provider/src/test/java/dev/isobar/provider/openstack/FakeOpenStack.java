package dev.isobar.provider.openstack;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.isobar.apis.tree.Tree;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;

/**
 * Keystone, Nova, Neutron and Glance in memory, on one port of the loopback. It records requests
 * and answers what it is told to before it thinks for itself.
 */
public final class FakeOpenStack implements AutoCloseable {
  /** What is answered. */
  public record Reply(int status, Map<String, String> headers, Object body) {
    public static Reply of(int status, Object body) {
      return new Reply(status, Map.of(), body);
    }
  }

  /** A request. */
  public record Request(
      String method,
      String path,
      Map<String, String> query,
      Map<String, String> headers,
      Tree body) {
    @Override
    public String toString() {
      return method + " " + path + (query.isEmpty() ? "" : " " + query);
    }
  }

  private record Ordered(String pattern, Reply reply) {}

  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpServer server;
  private final List<Request> requests = new CopyOnWriteArrayList<>();
  private final Deque<Ordered> ordered = new ArrayDeque<>();
  private final FakeNeutron neutron = new FakeNeutron();
  private final FakeNova nova = new FakeNova(neutron);
  private final List<Map<String, Object>> images =
      new CopyOnWriteArrayList<>(
          List.of(Map.of("id", "image-1", "name", "tiny", "owner", "project-1")));
  private final FakeStores stores = new FakeStores();
  private boolean withVolumes;
  private boolean withBalancers;
  private String token = "token-1";
  private int logins;

  public FakeOpenStack() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::serve);
    server.start();
  }

  // What tests tell it.

  /** The next request whose method and path are like that gets this answer, and has no effect. */
  public synchronized void order(String pattern, Reply reply) {
    ordered.add(new Ordered(pattern, reply));
  }

  /** No token is accepted that was given so far. */
  public synchronized void expireTokens() {
    token = "expired";
  }

  /** There is one more image. */
  public void upload(Map<String, Object> image) {
    images.add(image);
  }

  /** There is a service for volumes. */
  public void offerVolumes() {
    withVolumes = true;
  }

  /** There is a service for load balancers. */
  public void offerBalancers() {
    withBalancers = true;
  }

  /** Load balancers, volumes and snapshots. */
  public FakeStores stores() {
    return stores;
  }

  public FakeNova nova() {
    return nova;
  }

  public FakeNeutron neutron() {
    return neutron;
  }

  // What tests ask it.

  public String address() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** Requests as they came, as in "GET /compute/v2.1/servers". */
  public List<String> requests() {
    return requests.stream().map(one -> one.method() + " " + one.path()).toList();
  }

  /** What was done to servers, from so many requests on. */
  public String actions(int from) {
    return requests.subList(from, requests.size()).stream()
        .filter(one -> one.path().endsWith("/action"))
        .map(one -> one.body().fields().first())
        .collect(Collectors.joining(" "));
  }

  public Request last() {
    return requests.getLast();
  }

  public int logins() {
    return logins;
  }

  public String cloudsYaml() {
    return """
    clouds:
      lab:
        auth: {auth_url: "%s/identity", username: lab, password: hunter22, project_name: lab}
    """
        .formatted(address());
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private void serve(HttpExchange exchange) throws IOException {
    try (exchange) {
      Request request = read(exchange);
      Reply reply = reply(request);
      byte[] body = reply.body() instanceof byte[] raw ? raw : JSON.writeValueAsBytes(reply.body());
      reply.headers().forEach((name, value) -> exchange.getResponseHeaders().set(name, value));
      boolean none = reply.status() == 204;
      exchange.sendResponseHeaders(reply.status(), none ? -1 : body.length);
      if (!none) {
        exchange.getResponseBody().write(body);
      }
    }
  }

  private static Request read(HttpExchange exchange) throws IOException {
    byte[] bytes = exchange.getRequestBody().readAllBytes();
    Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    exchange.getRequestHeaders().forEach((name, values) -> headers.put(name, values.getFirst()));
    return new Request(
        exchange.getRequestMethod(),
        exchange.getRequestURI().getRawPath(),
        query(exchange.getRequestURI().getRawQuery()),
        headers,
        bytes.length == 0 ? Tree.absent() : Tree.of(JSON.readValue(bytes, Object.class)));
  }

  private static Map<String, String> query(String raw) {
    Map<String, String> query = new LinkedHashMap<>();
    if (raw != null) {
      for (String pair : raw.split("&")) {
        String[] parts = pair.split("=", 2);
        query.put(decoded(parts[0]), decoded(parts[1]));
      }
    }
    return query;
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }

  private synchronized Reply reply(Request request) {
    requests.add(request);
    String line = request.method() + " " + request.path();
    for (Ordered one : ordered) {
      if (line.matches(one.pattern())) {
        ordered.remove(one);
        return one.reply();
      }
    }
    if (request.path().equals("/identity/v3/auth/tokens")) {
      return login();
    }
    if (!token.equals(request.headers().get("X-Auth-Token"))) {
      return Reply.of(
          401,
          Map.of("error", Map.of("message", "The request you have made requires authentication.")));
    }
    return switch (request.path().split("/")[1]) {
      case "compute" -> {
        Reply reply = nova.reply(request, request.path().substring("/compute/v2.1".length()));
        neutron.bind(nova.ports());
        yield reply;
      }
      case "network" -> neutron.reply(request, request.path().substring("/network/v2.0".length()));
      case "image" -> images(request);
      case "volume" -> volumes(request);
      case "balance" -> {
        String[] parts = request.path().split("/", -1);
        yield stores.reply(request, parts[4], parts.length > 5 ? parts[5] : "");
      }
      default -> Reply.of(404, Map.of());
    };
  }

  private Reply login() {
    token = "token-" + ++logins;
    List<Object> catalogue = new ArrayList<>();
    List<String> types = new ArrayList<>(List.of("compute", "network", "image"));
    if (withVolumes) {
      types.add("volumev3");
    }
    if (withBalancers) {
      types.add("load-balancer");
    }
    for (String type : types) {
      String path =
          switch (type) {
            case "compute" -> "/compute/v2.1";
            case "volumev3" -> "/volume/v3/project-1";
            case "load-balancer" -> "/balance";
            default -> "/" + type;
          };
      catalogue.add(
          Map.of(
              "type",
              type,
              "endpoints",
              List.of(
                  Map.of(
                      "interface", "public", "region_id", "RegionOne", "url", address() + path))));
    }
    Map<String, Object> body =
        Map.of(
            "issued_at",
            "2026-11-26T00:00:00.000000Z",
            "expires_at",
            "2026-11-26T01:00:00.000000Z",
            "project",
            Map.of("id", "project-1", "name", "lab"),
            "catalog",
            catalogue);
    return new Reply(201, Map.of("X-Subject-Token", token), Map.of("token", body));
  }

  private Reply images(Request request) {
    List<Object> found =
        images.stream()
            .filter(image -> like(image, "name", request))
            .filter(image -> like(image, "owner", request))
            .<Object>map(image -> image)
            .toList();
    return Reply.of(200, Map.of("images", found));
  }

  private static boolean like(Map<String, Object> image, String field, Request request) {
    String wanted = request.query().get(field);
    return wanted == null || wanted.equals(image.get(field));
  }

  private Reply volumes(Request request) {
    String[] parts = request.path().split("/", -1);
    if (!parts[4].equals("limits")) {
      return stores.reply(request, parts[4], parts[5]);
    }
    return Reply.of(
        200,
        Map.of(
            "limits",
            Map.of(
                "absolute",
                Map.of(
                    "maxTotalVolumes", 10,
                    "totalVolumesUsed", 1,
                    "maxTotalVolumeGigabytes", 1000,
                    "totalGigabytesUsed", 40))));
  }
}
