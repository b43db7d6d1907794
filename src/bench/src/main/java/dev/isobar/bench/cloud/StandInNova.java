package dev.isobar.bench.cloud;

import dev.isobar.apis.tree.Tree;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * Nova with servers that live for ever. It gives at most a thousand at once, and says that there
 * are more whenever a page is full, as Nova does: ten thousand servers are eleven pages.
 */
final class StandInNova {
  private static final int PAGE = 1000;
  private static final int FEW = 10;

  /** The tag that asks for every server of the provider's. */
  private static final String ALL = "isobar";

  private static final String UID = "isobar-uid=";

  private final List<StandInServer> servers = new ArrayList<>();
  private final Map<String, Integer> places = new HashMap<>();
  private final Map<String, StandInServer> byTag = new HashMap<>();
  private final Map<String, Long> seen = new ConcurrentHashMap<>();
  private final LongAdder listings = new LongAdder();
  private final LongAdder listCalls = new LongAdder();
  private final LongAdder singleReads = new LongAdder();
  private final LongAdder others = new LongAdder();

  /** What was asked so far. A list call is one page of a listing of all; others are all else. */
  Map<String, Long> counts() {
    return Map.of(
        "listings", listings.sum(),
        "listCalls", listCalls.sum(),
        "singleReads", singleReads.sum(),
        "others", others.sum());
  }

  /** When the server of an Instance was asked about for the first time, in microseconds of 1970. */
  Optional<Long> seen(String uid) {
    return Optional.ofNullable(seen.get(uid));
  }

  /**
   * Answers.
   *
   * @param hurry whether the sweep over all servers before a creation, which only tells whether all
   *     parts of the cloud answer, shows few: ten thousand would take the provider a minute
   */
  CloudReply reply(CloudRequest request, boolean hurry) {
    return switch (request.question()) {
      case "GET /servers/detail" -> detail(request);
      case "GET /servers/ID" -> {
        singleReads.increment();
        yield shown(request.path().substring("/servers/".length()));
      }
      default -> {
        others.increment();
        yield other(request, hurry);
      }
    };
  }

  /** How long that takes, if a page of a thousand servers takes so long. */
  Duration timeOf(CloudReply reply, Duration thousand) {
    String shown = reply.headers().getOrDefault(Page.SHOWN, "0");
    return thousand.multipliedBy(Long.parseLong(shown)).dividedBy(PAGE);
  }

  private CloudReply other(CloudRequest request, boolean hurry) {
    return switch (request.question()) {
      case "GET /", "GET " ->
          CloudReply.of(200, Map.of("version", Map.of("min_version", "2.1", "version", "2.93")));
      case "GET /flavors/detail" -> {
        Map<String, Object> flavor = new HashMap<>(StandInServer.flavor());
        flavor.put("id", "flavor-1");
        flavor.put("name", "g1.h100");
        yield CloudReply.of(200, Map.of("flavors", List.of(flavor)));
      }
      case "GET /servers" -> brief(hurry ? FEW : PAGE);
      case "POST /servers" -> create(request.body().at("server"));
      default -> CloudReply.missing(request.question());
    };
  }

  private CloudReply detail(CloudRequest request) {
    String tag = request.query().getOrDefault("tags", "");
    if (tag.equals(ALL)) {
      listCalls.increment();
      Optional<String> marker = Optional.ofNullable(request.query().get("marker"));
      if (marker.isEmpty()) {
        listings.increment();
      }
      return page(marker);
    }
    singleReads.increment();
    if (tag.startsWith(UID)) {
      long now = ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
      var _ = seen.putIfAbsent(tag.substring(UID.length()), now);
    }
    return new Page(tagged(tag)).reply(false);
  }

  private synchronized List<StandInServer> tagged(String tag) {
    return Optional.ofNullable(byTag.get(tag)).map(List::of).orElse(List.of());
  }

  private CloudReply page(Optional<String> marker) {
    List<StandInServer> part = part(marker);
    return new Page(part).reply(part.size() == PAGE);
  }

  private synchronized List<StandInServer> part(Optional<String> marker) {
    int from = marker.map(id -> places.getOrDefault(id, servers.size()) + 1).orElse(0);
    return List.copyOf(servers.subList(from, Math.min(from + PAGE, servers.size())));
  }

  private CloudReply brief(int most) {
    List<Map<String, Object>> part =
        part(Optional.empty()).stream().limit(most).map(StandInServer::brief).toList();
    return CloudReply.of(200, Map.of("servers", part));
  }

  private synchronized CloudReply create(Tree wanted) {
    var server = new StandInServer(servers.size() + 1, wanted);
    places.put(server.id(), servers.size());
    servers.add(server);
    server.tags().stream().filter(tag -> !tag.equals(ALL)).forEach(tag -> byTag.put(tag, server));
    return CloudReply.of(202, Map.of("server", Map.of("id", server.id())));
  }

  private synchronized CloudReply shown(String id) {
    Integer place = places.get(id);
    return place == null
        ? CloudReply.missing(id)
        : new CloudReply(
            200, Map.of(), joined("{\"server\":", List.of(servers.get(place).json()), "}"));
  }

  /** Some servers, in the words of a listing. */
  private record Page(List<StandInServer> servers) {
    /** Header: how many are shown. */
    static final String SHOWN = "X-Bench-Shown";

    private static final String NEXT =
        "],\"servers_links\":[{\"rel\":\"next\",\"href\":\"http://cloud.example.org/\"}]}";

    CloudReply reply(boolean more) {
      List<byte[]> all = servers.stream().map(StandInServer::json).toList();
      byte[] body = joined("{\"servers\":[", all, more ? NEXT : "]}");
      return new CloudReply(200, Map.of(SHOWN, String.valueOf(servers.size())), body);
    }
  }

  private static byte[] joined(String head, List<byte[]> parts, String tail) {
    var bytes = new ByteArrayOutputStream();
    bytes.writeBytes(head.getBytes(StandardCharsets.UTF_8));
    for (int i = 0; i < parts.size(); i++) {
      if (i > 0) {
        bytes.write(',');
      }
      bytes.writeBytes(parts.get(i));
    }
    bytes.writeBytes(tail.getBytes(StandardCharsets.UTF_8));
    return bytes.toByteArray();
  }
}
