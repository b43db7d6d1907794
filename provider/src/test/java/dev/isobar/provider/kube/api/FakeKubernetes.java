package dev.isobar.provider.kube.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.isobar.provider.decide.ObjectKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An API server in memory, on a port of the loopback. It keeps objects, tells watches of what
 * happens to them, records requests, and refuses what it is told to refuse.
 */
public final class FakeKubernetes implements AutoCloseable {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS);

  private static final Pattern PATH =
      Pattern.compile(
          "/apis?/(?:(?<group>[^/]+\\.[^/]+)/)?[^/]+(?:/namespaces/(?<namespace>[^/]+))?"
              + "/(?<plural>[^/]+)(?:/(?<name>[^/]+))?(?:/(?<part>status))?");

  private static final Pattern SELECTED = Pattern.compile("metadata\\.name=([^,&]+)");
  private static final Pattern SINCE = Pattern.compile("resourceVersion=([0-9]+)");
  private static final int UNAVAILABLE = 503;

  private record Place(String group, String plural, String namespace, String name, String part) {
    static Place of(String path) {
      Matcher matcher = PATH.matcher(path);
      if (!matcher.matches()) {
        throw new IllegalStateException("nobody serves " + path);
      }
      return new Place(
          Objects.requireNonNullElse(matcher.group("group"), ""),
          matcher.group("plural"),
          Objects.requireNonNullElse(matcher.group("namespace"), ""),
          Objects.requireNonNullElse(matcher.group("name"), ""),
          Objects.requireNonNullElse(matcher.group("part"), ""));
    }

    boolean holds(Place object) {
      return group.equals(object.group)
          && plural.equals(object.plural)
          && (namespace.isEmpty() || namespace.equals(object.namespace))
          && (name.isEmpty() || name.equals(object.name));
    }

    Place named(String one) {
      return new Place(group, plural, namespace, one, "");
    }

    @Override
    public String toString() {
      String object = namespace.isEmpty() ? name : namespace + "/" + name;
      return plural + (object.isEmpty() ? "" : " " + object) + (part.isEmpty() ? "" : " " + part);
    }
  }

  private record Watcher(Place place, HttpExchange exchange) {}

  private record Refusal(String pattern, int status) {}

  private final HttpServer server;
  private final Cluster cluster;
  private final Map<Place, Map<String, Object>> objects =
      new TreeMap<>(Comparator.comparing(Place::toString));
  private final List<Watcher> watchers = new ArrayList<>();
  private final List<String> requests = new ArrayList<>();
  private final List<Refusal> refusals = new ArrayList<>();
  private int version;

  /**
   * An empty one.
   *
   * @param folder for the file that leads to it
   */
  public FakeKubernetes(Path folder) {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
      server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
      server.createContext("/", this::serve);
      server.start();
      Path kubeconfig = Files.writeString(folder.resolve("kubeconfig"), access());
      cluster = Cluster.connect(Optional.of(kubeconfig), "test");
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  // What tests tell it.

  /**
   * An object is made or replaced; its metadata needs a name only, and a namespace if it has one.
   */
  public synchronized void put(KubernetesKind kind, ObjectKey key, Map<String, Object> object) {
    Place place = new Place(kind.group(), kind.plural(), key.namespace(), key.name(), "");
    Map<String, Object> whole = new TreeMap<>(object);
    whole.put("apiVersion", kind.apiVersion());
    whole.put("kind", kind.kind());
    Map<String, Object> metadata = new TreeMap<>(map(object.get("metadata")));
    metadata.put("name", key.name());
    if (!key.namespace().isEmpty()) {
      metadata.put("namespace", key.namespace());
    }
    metadata.putIfAbsent("uid", "uid-of-" + key.name());
    whole.put("metadata", metadata);
    store(place, whole);
  }

  /** Requests like that are refused from now on; a request is a method and what it is about. */
  public synchronized void refuse(String pattern, int status) {
    refusals.add(new Refusal(pattern, status));
  }

  /** A field as a text of JSON has it. */
  public static Map<String, Object> json(String text) {
    try {
      return map(JSON.readValue(text, Map.class));
    } catch (JsonProcessingException wrong) {
      throw new IllegalArgumentException(text, wrong);
    }
  }

  // What tests ask it.

  /** The way to it. */
  public Cluster cluster() {
    return cluster;
  }

  /** An object as it is; empty when there is none. */
  public synchronized Map<String, Object> object(KubernetesKind kind, ObjectKey key) {
    Place place = new Place(kind.group(), kind.plural(), key.namespace(), key.name(), "");
    return objects.getOrDefault(place, Map.of());
  }

  /** Somebody deletes an object; one that somebody holds only says that it is going. */
  public synchronized void remove(KubernetesKind kind, ObjectKey key) {
    Place place = new Place(kind.group(), kind.plural(), key.namespace(), key.name(), "");
    remove(place, objects.get(place));
  }

  /** The kubeconfig that leads to it. */
  public String access() {
    return """
    apiVersion: v1
    kind: Config
    clusters: [{name: test, cluster: {server: "http://127.0.0.1:%d"}}]
    users: [{name: test, user: {token: test}}]
    contexts: [{name: test, context: {cluster: test, user: test}}]
    current-context: test
    """
        .formatted(server.getAddress().getPort());
  }

  public ObjectApi objects() {
    return cluster.objects();
  }

  /** Writes so far, as in {@code PATCH secrets lab/one {"metadata":...}}; of a status only that. */
  public synchronized List<String> writes() {
    return requests.stream().filter(one -> !one.startsWith("GET ")).toList();
  }

  /** Lists so far, as in {@code GET secrets lab/one}. */
  public synchronized List<String> lists() {
    return requests.stream().filter(one -> one.startsWith("GET ")).toList();
  }

  @Override
  public void close() {
    cluster.close();
    server.stop(0);
  }

  private synchronized void serve(HttpExchange exchange) throws IOException {
    Place place = Place.of(exchange.getRequestURI().getPath());
    String query = String.valueOf(exchange.getRequestURI().getRawQuery());
    Matcher selected = SELECTED.matcher(URLDecoder.decode(query, StandardCharsets.UTF_8));
    Place asked = selected.find() ? place.named(selected.group(1)) : place;
    boolean watches = query.contains("watch=true");
    if ("websocket".equalsIgnoreCase(exchange.getRequestHeaders().getFirst("Upgrade"))) {
      answer(exchange, UNAVAILABLE, failure(UNAVAILABLE, "no web sockets here"));
    } else if (watches) {
      watch(exchange, asked, since(query));
    } else {
      byte[] body = exchange.getRequestBody().readAllBytes();
      Map<String, Object> object =
          body.length == 0 ? Map.of() : map(JSON.readValue(body, Map.class));
      String request = exchange.getRequestMethod() + " " + asked;
      requests.add(request + (body.length == 0 ? "" : " " + shown(asked, object)));
      Optional<Refusal> refusal =
          refusals.stream().filter(one -> request.matches(one.pattern())).findFirst();
      if (refusal.isPresent()) {
        int status = refusal.get().status();
        answer(exchange, status, failure(status, "refused by the test"));
      } else {
        perform(exchange, asked, place.name().isEmpty(), object);
      }
    }
  }

  private static String shown(Place place, Map<String, Object> object)
      throws JsonProcessingException {
    return JSON.writeValueAsString(place.part().isEmpty() ? object : object.get("status"));
  }

  private void perform(HttpExchange exchange, Place asked, boolean lists, Map<String, Object> given)
      throws IOException {
    Place object = asked.named(asked.name());
    Map<String, Object> stored = objects.get(object);
    if (stored != null && isOfAnotherVersion(given, stored)) {
      answer(exchange, 409, failure(409, "somebody else wrote meanwhile"));
      return;
    }
    switch (exchange.getRequestMethod()) {
      case "GET" -> found(exchange, asked, lists ? list(asked) : stored);
      case "PATCH" ->
          found(exchange, asked, stored == null ? null : store(object, merged(stored, given)));
      case "PUT" -> {
        Map<String, Object> status = Map.of("status", given.get("status"));
        found(exchange, asked, stored == null ? null : store(object, merged(stored, status)));
      }
      case "POST" -> create(exchange, asked, given);
      case "DELETE" -> {
        found(exchange, asked, stored);
        remove(object, stored);
      }
      default -> throw new IllegalStateException(exchange.getRequestMethod() + " " + asked);
    }
  }

  /** A version guards the write, where one is given. */
  private static boolean isOfAnotherVersion(Map<String, Object> given, Map<String, Object> stored) {
    Object guard = map(given.getOrDefault("metadata", Map.of())).get("resourceVersion");
    return guard != null && !guard.equals(map(stored.get("metadata")).get("resourceVersion"));
  }

  private void create(HttpExchange exchange, Place asked, Map<String, Object> given)
      throws IOException {
    Place place = asked.named(String.valueOf(map(given.get("metadata")).get("name")));
    if (place.plural().equals("selfsubjectaccessreviews")) {
      answer(exchange, 201, merged(given, json("{\"status\":{\"allowed\":true}}")));
      return;
    }
    if (objects.containsKey(place)) {
      answer(exchange, 409, failure(409, "it is there already"));
      return;
    }
    Map<String, Object> whole = new TreeMap<>(given);
    Map<String, Object> metadata = new TreeMap<>(map(given.get("metadata")));
    metadata.put("uid", "uid-of-" + place.name());
    metadata.put("generation", 1);
    whole.put("metadata", metadata);
    answer(exchange, 201, store(place, whole));
  }

  /** What somebody holds only says that it is going. */
  private void remove(Place place, Map<String, Object> stored) {
    if (stored == null) {
      return;
    }
    if (map(stored.get("metadata")).get("finalizers") instanceof List<?> held && !held.isEmpty()) {
      Map<String, Object> going = Map.of("deletionTimestamp", "2026-11-26T10:00:00Z");
      var _ = store(place, merged(stored, Map.of("metadata", going)));
      return;
    }
    objects.remove(place);
    for (Watcher watcher : watchers) {
      if (watcher.place().holds(place)) {
        tell(watcher, Map.of("type", "DELETED", "object", stored));
      }
    }
  }

  private void found(HttpExchange exchange, Place asked, Map<String, Object> object)
      throws IOException {
    if (object == null) {
      Map<String, Object> details = Map.of("name", asked.name(), "kind", asked.plural());
      answer(exchange, 404, merged(failure(404, "there is none"), Map.of("details", details)));
    } else {
      answer(exchange, 200, object);
    }
  }

  private Map<String, Object> list(Place asked) {
    List<Object> items = new ArrayList<>();
    objects.forEach((place, object) -> {
      if (asked.holds(place)) {
        items.add(object);
      }
    });
    return Map.of(
        "apiVersion",
        "v1",
        "kind",
        "List",
        "metadata",
        Map.of("resourceVersion", String.valueOf(version)),
        "items",
        items);
  }

  private static int since(String query) {
    Matcher matcher = SINCE.matcher(query);
    return matcher.find() ? Integer.parseInt(matcher.group(1)) : 0;
  }

  /** What happened between the list and the watch is told, too. */
  private void watch(HttpExchange exchange, Place place, int since) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(200, 0);
    var watcher = new Watcher(place, exchange);
    watchers.add(watcher);
    objects.forEach((object, stored) -> {
      String at = String.valueOf(map(stored.get("metadata")).get("resourceVersion"));
      if (place.holds(object) && Integer.parseInt(at) > since) {
        tell(watcher, Map.of("type", "MODIFIED", "object", stored));
      }
    });
  }

  private Map<String, Object> store(Place place, Map<String, Object> object) {
    Map<String, Object> stored = new TreeMap<>(object);
    Map<String, Object> metadata = new TreeMap<>(map(object.get("metadata")));
    metadata.put("resourceVersion", String.valueOf(++version));
    stored.put("metadata", metadata);
    String type = objects.put(place, stored) == null ? "ADDED" : "MODIFIED";
    for (Watcher watcher : watchers) {
      if (watcher.place().holds(place)) {
        tell(watcher, Map.of("type", type, "object", stored));
      }
    }
    return stored;
  }

  private static void tell(Watcher watcher, Map<String, Object> event) {
    try {
      watcher.exchange().getResponseBody().write(JSON.writeValueAsBytes(event));
      watcher.exchange().getResponseBody().write('\n');
      watcher.exchange().getResponseBody().flush();
    } catch (IOException _) {
      // Nobody listens to this watch any more.
    }
  }

  private static Map<String, Object> merged(Map<String, Object> object, Map<String, Object> patch) {
    Map<String, Object> all = new TreeMap<>(object);
    patch.forEach((field, value) -> {
      if (value instanceof Map<?, ?> && all.get(field) instanceof Map<?, ?>) {
        all.put(field, merged(map(all.get(field)), map(value)));
      } else {
        all.compute(field, (_, _) -> value); // null takes it away
      }
    });
    return all;
  }

  @SuppressWarnings("unchecked") // objects of JSON have names for keys
  private static Map<String, Object> map(Object object) {
    return object instanceof Map<?, ?> map ? (Map<String, Object>) map : Map.of();
  }

  private static Map<String, Object> failure(int status, String message) {
    return Map.of(
        "apiVersion", "v1",
        "kind", "Status",
        "status", "Failure",
        "message", message,
        "code", status);
  }

  private static void answer(HttpExchange exchange, int status, Object body) throws IOException {
    try (exchange) {
      byte[] json = JSON.writeValueAsBytes(body);
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      exchange.sendResponseHeaders(status, json.length);
      exchange.getResponseBody().write(json);
    }
  }
}
