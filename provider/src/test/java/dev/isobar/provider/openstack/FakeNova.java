package dev.isobar.provider.openstack;

import dev.isobar.apis.tree.Tree;
import dev.isobar.provider.openstack.FakeOpenStack.Reply;
import dev.isobar.provider.openstack.FakeOpenStack.Request;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Nova's part of the stand-in. A server is built when it is looked at for the second time. */
public final class FakeNova {
  private final Map<String, Map<String, Object>> servers = new LinkedHashMap<>();
  private final Map<String, String> keys = new TreeMap<>();

  /** Ports that the hypervisor gave to a guest. */
  private final Set<String> plugged = new TreeSet<>();

  private final FakeNeutron neutron;
  private boolean racing;
  private int made;
  private int page = 1000;
  private boolean cellDown;

  FakeNova(FakeNeutron neutron) {
    this.neutron = neutron;
  }

  /** The next server is accepted in the moment before another one has its port. */
  public void race() {
    racing = true;
  }

  /** It compares what it remembers of ports with Neutron, as it does now and then. */
  public void heal() {
    servers.values().stream()
        .filter(server -> server.get("port").equals(""))
        .forEach(server -> server.put("addresses", Map.of()));
  }

  /** So many servers are on a page. */
  public void page(int size) {
    page = size;
  }

  /** A part of the cloud stops to answer. */
  public void loseCell() {
    cellDown = true;
  }

  /** Somebody else changes a field of a server. */
  public void change(String id, String field, Object value) {
    servers.get(id).put(field, value);
  }

  public List<String> ids() {
    return List.copyOf(servers.keySet());
  }

  public Map<String, Object> server(String id) {
    return servers.get(id);
  }

  public Map<String, String> keys() {
    return keys;
  }

  /** Which server has which port. */
  Map<String, String> ports() {
    Map<String, String> ports = new TreeMap<>();
    servers.forEach((id, server) -> ports.put((String) server.get("port"), id));
    return ports;
  }

  Reply reply(Request request, String path) {
    String[] parts = path.split("/");
    return switch (request.method() + " " + pattern(path)) {
      case "GET /" ->
          Reply.of(200, Map.of("version", Map.of("min_version", "2.1", "version", "2.93")));
      case "GET /servers" -> Reply.of(200, Map.of("servers", all(true)));
      case "GET /servers/detail" -> listed(request);
      case "POST /servers" -> create(request.body());
      case "GET /servers/ID" -> shown(parts[2]);
      case "DELETE /servers/ID" -> delete(parts[2]);
      case "POST /servers/ID/action" -> act(parts[2], request.body().fields().first());
      case "POST /servers/ID/os-interface" ->
          attach(parts[2], request.body().at("interfaceAttachment", "port_id").text().orElse(""));
      case "DELETE /servers/ID/os-interface/ID" -> detach(parts[2], parts[4]);
      case "POST /servers/ID/metadata" -> addMetadata(parts[2], request.body().at("metadata"));
      case "DELETE /servers/ID/metadata/ID" -> removeMetadata(parts[2], parts[4]);
      case "PUT /servers/ID/tags/ID" -> tag(parts[2], parts[4], true);
      case "DELETE /servers/ID/tags/ID" -> tag(parts[2], parts[4], false);
      case "GET /flavors/detail" -> Reply.of(200, Map.of("flavors", FakeOffers.flavors()));
      case "GET /os-availability-zone" -> FakeOffers.zones();
      case "GET /limits" -> FakeOffers.limits();
      case "GET /os-server-groups" -> FakeOffers.groups();
      case "GET /os-keypairs" -> keys(request.query().getOrDefault("marker", ""));
      case "GET /os-keypairs/ID" -> key(parts[2]);
      case "POST /os-keypairs" -> importKey(request.body().at("keypair"));
      case "DELETE /os-keypairs/ID" ->
          keys.remove(parts[2]) == null ? missing(parts[2]) : Reply.of(204, "");
      default -> missing(path);
    };
  }

  private static String pattern(String path) {
    return path.replaceAll("/servers/(?!detail$)[^/]+", "/servers/ID")
        .replaceAll("/(os-keypairs|metadata|tags|os-interface)/[^/]+", "/$1/ID");
  }

  private List<Object> all(boolean unknown) {
    List<Object> all = new ArrayList<>(servers.values());
    if (cellDown) {
      all.clear();
      if (unknown) {
        servers.keySet().forEach(id -> all.add(Map.of("id", id, "status", "UNKNOWN")));
      }
    }
    return all;
  }

  private Reply listed(Request request) {
    String tag = request.query().getOrDefault("tags", "");
    List<Map<String, Object>> found = new ArrayList<>();
    boolean begun = !request.query().containsKey("marker");
    for (Map<String, Object> server : servers.values()) {
      if (begun && !cellDown && ((List<?>) server.get("tags")).contains(tag)) {
        found.add(server);
      }
      begun |= server.get("id").equals(request.query().get("marker"));
    }
    boolean more = found.size() > page;
    List<Map<String, Object>> shown = found.subList(0, Math.min(page, found.size()));
    List<Object> copies = new ArrayList<>();
    for (Map<String, Object> server : shown) {
      Map<String, Object> copy = new TreeMap<>(server);
      copy.remove("fault"); // as Nova does with servers that got no host
      copies.add(copy);
    }
    shown.forEach(this::grow);
    return Reply.of(
        200,
        more
            ? Map.of(
                "servers",
                copies,
                "servers_links",
                List.of(Map.of("rel", "next", "href", "http://inside/")))
            : Map.of("servers", copies));
  }

  /** What time does to a server. */
  private void grow(Map<String, Object> server) {
    if (server.get("status").equals("BUILD")) {
      server.put("status", "ACTIVE");
      server.put("OS-SRV-USG:launched_at", "2026-11-26T00:00:20.000000");
      plug(server, (String) server.get("port"));
    }
  }

  private void plug(Map<String, Object> server, String port) {
    Map<String, Object> address = new TreeMap<>();
    address.put("addr", "10.0.0.5");
    address.put("OS-EXT-IPS:type", "fixed");
    address.put("OS-EXT-IPS-MAC:mac_addr", neutron.mac(port).orElse(""));
    server.put("addresses", Map.of("lab", List.of(address)));
    plugged.add(port);
  }

  private Reply create(Tree body) {
    Tree wanted = body.at("server");
    String flavor = wanted.at("flavorRef").text().orElse("");
    String port = wanted.at("networks").items().getFirst().at("port").text().orElse("");
    boolean taken = taken(port);
    if (taken && !racing) {
      return inUse(port);
    }
    String id = "server-" + ++made;
    Map<String, Object> server = server(id, wanted, flavor);
    server.put("port", port);
    servers.put(id, server);
    if (taken) {
      racing = false;
      abort(server, port);
    }
    return Reply.of(202, Map.of("server", Map.of("id", id, "adminPass", "secret-of-nova")));
  }

  private boolean taken(String port) {
    return servers.values().stream().anyMatch(server -> server.get("port").equals(port));
  }

  private static Reply inUse(String port) {
    return failed(409, "conflictingRequest", "Port " + port + " is still in use.");
  }

  /** A build that finds its port in use fails, and Nova unbinds the port, whoever has it. */
  private void abort(Map<String, Object> server, String port) {
    server.put("status", "ERROR");
    server.put("fault", Map.of("message", "Build aborted: Port " + port + " is still in use."));
    servers.values().stream()
        .filter(one -> one.get("port").equals(port))
        .forEach(one -> one.put("port", ""));
  }

  private static Map<String, Object> server(String id, Tree wanted, String flavor) {
    Map<String, Object> server = new TreeMap<>();
    server.put("id", id);
    server.put("name", wanted.at("name").text().orElse(""));
    server.put("status", "BUILD");
    server.put("created", "2026-11-26T00:00:00Z");
    server.put("locked", false);
    server.put("metadata", wanted.at("metadata").plain());
    server.put("tags", wanted.at("tags").plain());
    server.put("image", Map.of("id", wanted.at("imageRef").text().orElse("")));
    server.put("addresses", Map.of());
    server.put(
        "flavor",
        Map.of(
            "original_name",
            flavor.equals("flavor-1") ? "m1.tiny" : "g1.h100",
            "vcpus",
            1,
            "ram",
            512,
            "disk",
            1));
    server.put("security_groups", List.of(Map.of("name", "default")));
    return server;
  }

  private Reply shown(String id) {
    Map<String, Object> server = servers.get(id);
    if (cellDown && server != null) {
      return Reply.of(200, Map.of("server", Map.of("id", id, "status", "UNKNOWN")));
    }
    return server == null ? missing(id) : Reply.of(200, Map.of("server", server));
  }

  private Reply delete(String id) {
    if (!servers.containsKey(id)) {
      return missing(id);
    }
    if (servers.get(id).get("locked").equals(true)) {
      return failed(409, "conflictingRequest", "Instance " + id + " is locked");
    }
    plugged.remove((String) servers.remove(id).get("port"));
    return Reply.of(204, "");
  }

  private Reply attach(String id, String port) {
    Map<String, Object> server = servers.get(id);
    if (server.get("locked").equals(true)) {
      return failed(409, "conflictingRequest", "Instance " + id + " is locked");
    }
    if (neutron.mac(port).isEmpty()) {
      return missing("Port " + port);
    }
    if (taken(port)) {
      return inUse(port);
    }
    if (server.get("status").equals("ACTIVE") && plugged.contains(port)) {
      return failed(500, "computeFault", "Failed to attach network adapter device to " + id);
    }
    plug(server, port);
    server.put("port", port);
    return Reply.of(200, Map.of("interfaceAttachment", Map.of("port_id", port)));
  }

  /** What Nova does not remember it does not take off. */
  private Reply detach(String id, String port) {
    Map<String, Object> server = servers.get(id);
    if (server.get("locked").equals(true)) {
      return failed(409, "conflictingRequest", "Instance " + id + " is locked");
    }
    if (!server.get("addresses").equals(Map.of())) {
      plugged.remove(port);
      server.put("port", "");
      server.put("addresses", Map.of());
    }
    return Reply.of(202, "");
  }

  private Reply act(String id, String action) {
    Map<String, Object> server = servers.get(id);
    boolean locks = action.equals("lock") || action.equals("unlock");
    if (!locks && server.get("locked").equals(true)) {
      return failed(409, "conflictingRequest", "Instance " + id + " is locked");
    }
    switch (action) {
      case "os-stop" -> server.put("status", "SHUTOFF");
      case "os-start", "unpause", "resume", "unshelve" -> server.put("status", "ACTIVE");
      default -> server.put("locked", action.equals("lock"));
    }
    return Reply.of(202, "");
  }

  @SuppressWarnings("unchecked") // made by create()
  private Map<String, Object> metadata(String id) {
    return (Map<String, Object>) servers.get(id).get("metadata");
  }

  private Reply addMetadata(String id, Tree values) {
    Map<String, Object> all = new TreeMap<>(metadata(id));
    values.fields().forEach(key -> all.put(key, values.at(key).text().orElse("")));
    servers.get(id).put("metadata", all);
    return Reply.of(200, Map.of("metadata", all));
  }

  private Reply removeMetadata(String id, String key) {
    Map<String, Object> all = new TreeMap<>(metadata(id));
    boolean had = Optional.ofNullable(all.remove(key)).isPresent();
    servers.get(id).put("metadata", all);
    return had ? Reply.of(204, "") : missing(key);
  }

  private Reply tag(String id, String escaped, boolean there) {
    String tag = URLDecoder.decode(escaped, StandardCharsets.UTF_8);
    List<Object> tags = new ArrayList<>((List<?>) servers.get(id).get("tags"));
    boolean had = tags.remove(tag);
    if (there) {
      tags.add(tag);
    }
    servers.get(id).put("tags", tags);
    return there ? Reply.of(had ? 204 : 201, "") : had ? Reply.of(204, "") : missing(tag);
  }

  private Reply keys(String marker) {
    List<String> rest = keys.keySet().stream().filter(name -> name.compareTo(marker) > 0).toList();
    List<Object> shown = new ArrayList<>();
    rest.stream().limit(page).forEach(name -> shown.add(Map.of("keypair", Map.of("name", name))));
    Map<String, Object> body = new TreeMap<>(Map.of("keypairs", shown));
    if (rest.size() > page) {
      body.put("keypairs_links", List.of(Map.of("rel", "next", "href", "http://inside/")));
    }
    return Reply.of(200, body);
  }

  private Reply key(String name) {
    return keys.containsKey(name)
        ? Reply.of(200, Map.of("keypair", Map.of("name", name, "public_key", keys.get(name))))
        : missing(name);
  }

  private Reply importKey(Tree key) {
    keys.put(key.at("name").text().orElse(""), key.at("public_key").text().orElse(""));
    return Reply.of(201, Map.of("keypair", Map.of()));
  }

  private static Reply missing(String what) {
    return failed(404, "itemNotFound", what + " could not be found.");
  }

  private static Reply failed(int status, String kind, String message) {
    return Reply.of(status, Map.of(kind, Map.of("code", status, "message", message)));
  }
}
