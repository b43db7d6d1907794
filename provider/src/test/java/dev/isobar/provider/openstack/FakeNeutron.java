package dev.isobar.provider.openstack;

import dev.isobar.apis.tree.Tree;
import dev.isobar.provider.openstack.FakeOpenStack.Reply;
import dev.isobar.provider.openstack.FakeOpenStack.Request;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Neutron's part of the stand-in: things by kind, found by the fields they have. */
public final class FakeNeutron {
  private final Map<String, Map<String, Map<String, Object>>> things = new LinkedHashMap<>();
  private final Set<String> bound = new TreeSet<>();
  private final Set<String> unknown = new TreeSet<>();
  private int made;

  FakeNeutron() {
    for (String kind : List.of("networks", "subnets", "ports", "floatingips", "security-groups")) {
      things.put(kind, new LinkedHashMap<>());
    }
    put("networks", "network-1", Map.of("name", "lab", "router:external", "false"));
    put("networks", "network-2", Map.of("name", "outside", "router:external", "true"));
    put("subnets", "subnet-1", Map.of("name", "lab", "network_id", "network-1"));
    put("security-groups", "group-1", Map.of("name", "default", "project_id", "project-1"));
    put("security-groups", "group-2", Map.of("name", "ssh", "project_id", "project-1"));
  }

  /** One more thing. */
  public void put(String kind, String id, Map<String, Object> fields) {
    Map<String, Object> thing = new TreeMap<>(fields);
    thing.put("id", id);
    things.get(kind).put(id, thing);
  }

  /** A filter it does not know: it shows everything, as such a Neutron does. */
  public void forgetFilter(String name) {
    unknown.add(name);
  }

  /** Things of a kind, as they are. */
  public List<Map<String, Object>> all(String kind) {
    return List.copyOf(things.get(kind).values());
  }

  /** Somebody removes something. */
  public void lose(String kind, String id) {
    var _ = remove(kind, id);
  }

  /** The address of a port's card; empty where there is no such port. */
  Optional<String> mac(String port) {
    return Optional.ofNullable(things.get("ports").get(port))
        .map(one -> String.valueOf(one.get("mac_address")));
  }

  /** As Nova does with the ports of servers that come and go. */
  void bind(Map<String, String> servers) {
    things
        .get("ports")
        .forEach((id, port) -> {
          if (servers.containsKey(id)) {
            port.put("device_id", servers.get(id));
            bound.add(id);
          } else if (bound.remove(id)) {
            port.put("device_id", "");
          }
        });
  }

  Reply reply(Request request, String path) {
    String[] parts = path.split("/");
    String kind = parts[1];
    if (kind.equals("quotas")) {
      return quotas(parts);
    }
    if (parts.length == 4) { // tags
      things.get(kind).get(parts[2]).put("tags", request.body().at("tags").plain());
      return Reply.of(200, Map.of("tags", List.of()));
    }
    return switch (request.method()) {
      case "GET" -> Reply.of(200, Map.of(kind.replace('-', '_'), found(kind, request.query())));
      case "POST" -> create(kind, request.body());
      case "PUT" -> change(kind, parts[2], request.body());
      default ->
          !remove(kind, parts[2])
              ? Reply.of(404, Map.of("NeutronError", Map.of("type", "NotFound", "message", "gone")))
              : Reply.of(204, "");
    };
  }

  /** An address that led to a port that goes leads nowhere. */
  private boolean remove(String kind, String id) {
    things.get("floatingips").values().stream()
        .filter(one -> kind.equals("ports") && id.equals(one.get("port_id")))
        .forEach(one -> one.put("port_id", ""));
    return things.get(kind).remove(id) != null;
  }

  private static Reply quotas(String[] parts) {
    Map<String, Object> addresses = Map.of("limit", 50, "used", 2, "reserved", 0);
    Map<String, Object> rules = Map.of("limit", 100, "used", 4, "reserved", 0);
    return parts[3].equals("details.json")
        ? Reply.of(
            200, Map.of("quota", Map.of("floatingip", addresses, "security_group_rule", rules)))
        : Reply.of(404, Map.of());
  }

  private List<Object> found(String kind, Map<String, String> query) {
    List<Object> found = new ArrayList<>();
    for (Map<String, Object> thing : things.get(kind).values()) {
      boolean fits =
          query.entrySet().stream()
              .filter(one -> !one.getKey().equals("limit") && !one.getKey().equals("marker"))
              .filter(one -> !unknown.contains(one.getKey()))
              .allMatch(one -> one.getValue().equals(thing.get(one.getKey())));
      if (fits) {
        found.add(thing);
      }
    }
    return found;
  }

  private Reply create(String kind, Tree body) {
    String one = body.fields().first();
    String id = one + "-" + ++made;
    Map<String, Object> thing = new TreeMap<>();
    body.at(one).fields().forEach(field -> thing.put(field, body.at(one).at(field).plain()));
    thing.put("mac_address", "fa:16:3e:00:00:0" + made);
    thing.put("floating_ip_address", "203.0.113." + made);
    put(kind, id, thing);
    return Reply.of(201, Map.of(one, things.get(kind).get(id)));
  }

  private Reply change(String kind, String id, Tree body) {
    String one = body.fields().first();
    Map<String, Object> thing = things.get(kind).get(id);
    body.at(one).fields().forEach(field -> thing.put(field, body.at(one).at(field).plain()));
    return Reply.of(200, Map.of(one, thing));
  }
}
