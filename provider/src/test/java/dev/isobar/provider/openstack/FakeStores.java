package dev.isobar.provider.openstack;

import dev.isobar.provider.openstack.FakeOpenStack.Reply;
import dev.isobar.provider.openstack.FakeOpenStack.Request;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Octavia's and Cinder's part of the stand-in: things by kind, which can be listed and deleted. */
public final class FakeStores {
  private final Map<String, Map<String, Map<String, Object>>> things = new LinkedHashMap<>();

  FakeStores() {
    for (String kind : List.of("loadbalancers", "volumes", "snapshots")) {
      things.put(kind, new LinkedHashMap<>());
    }
  }

  /** One more thing. */
  public void put(String kind, String id, Map<String, Object> fields) {
    Map<String, Object> thing = new TreeMap<>(fields);
    thing.put("id", id);
    things.get(kind).put(id, thing);
  }

  /** Ids of a kind, as they are. */
  public List<String> all(String kind) {
    return List.copyOf(things.get(kind).keySet());
  }

  /** Two of a list on each page, so that lists have several. */
  Reply reply(Request request, String kind, String id) {
    if (request.method().equals("DELETE")) {
      return things.get(kind).remove(id) == null
          ? Reply.of(404, Map.of("message", "gone"))
          : Reply.of(kind.equals("loadbalancers") ? 204 : 202, "");
    }
    String marker = request.query().getOrDefault("marker", "");
    List<Map<String, Object>> rest =
        things.get(kind).values().stream()
            .dropWhile(one -> !marker.isEmpty() && !one.get("id").equals(marker))
            .skip(marker.isEmpty() ? 0 : 1)
            .toList();
    Map<String, Object> body = new TreeMap<>();
    body.put(kind, rest.stream().limit(2).toList());
    if (rest.size() > 2) {
      body.put(kind + "_links", List.of(Map.of("rel", "next", "href", "http://inside/")));
    }
    return Reply.of(200, body);
  }
}
