package dev.isobar.bench.cloud;

import dev.isobar.apis.tree.Tree;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** A server, which is built within a second. Shown with all fields that a user sees in Nova. */
final class StandInServer {
  private static final Duration BUILDING = Duration.ofSeconds(1);

  private final String id;
  private final int number;
  private final Instant created;
  private final Tree wanted;
  private volatile Optional<byte[]> built = Optional.empty();

  StandInServer(int number, Tree wanted) {
    this.number = number;
    this.wanted = wanted;
    this.id = "6f0e1d2c-0000-4000-8000-%012d".formatted(number);
    this.created = Instant.now();
  }

  String id() {
    return id;
  }

  List<String> tags() {
    return wanted.at("tags").items().stream().flatMap(tag -> tag.text().stream()).toList();
  }

  /** What {@code GET /servers} shows of it. */
  Map<String, Object> brief() {
    return Map.of("id", id, "name", name(), "links", links());
  }

  /** What {@code GET /servers/detail} shows of it. */
  byte[] json() {
    if (built.isPresent()) {
      return built.get();
    }
    boolean active = Instant.now().isAfter(created.plus(BUILDING));
    byte[] json = CloudReply.json(fields(active));
    if (active) {
      built = Optional.of(json);
    }
    return json;
  }

  static String address(int number) {
    return "10.%d.%d.%d".formatted(number >> 16, (number >> 8) & 255, number & 255);
  }

  static String mac(int number) {
    return "fa:16:3e:%02x:%02x:%02x".formatted(number >> 16, (number >> 8) & 255, number & 255);
  }

  private String name() {
    return wanted.at("name").text().orElse("");
  }

  private List<Object> links() {
    String path = "http://cloud.example.org/compute/";
    return List.of(
        Map.of("rel", "self", "href", path + "v2.1/servers/" + id),
        Map.of("rel", "bookmark", "href", path + "servers/" + id));
  }

  private SortedMap<String, Object> fields(boolean active) {
    SortedMap<String, Object> all = new TreeMap<>();
    all.put("id", id);
    all.put("name", name());
    all.put("status", active ? "ACTIVE" : "BUILD");
    all.put("tenant_id", "8d1f4a3f4c0b4d6e9a7b2c5d8e1f0a3b");
    all.put("user_id", "2b7c9d1e3f5a4b6c8d0e2f4a6b8c0d1e");
    all.put("metadata", Optional.ofNullable(wanted.at("metadata").plain()).orElse(Map.of()));
    all.put("hostId", "c4e1a7b5d9f3028461a5c7e9b1d3f5072849a6bc0de1f23456789abc");
    all.put("image", Map.of("id", wanted.at("imageRef").text().orElse(""), "links", links()));
    all.put("flavor", flavor());
    all.put("created", created.truncatedTo(ChronoUnit.SECONDS).toString());
    all.put("updated", created.truncatedTo(ChronoUnit.SECONDS).plus(BUILDING).toString());
    all.put("addresses", active ? addresses() : Map.of());
    all.put("accessIPv4", "");
    all.put("accessIPv6", "");
    all.put("links", links());
    all.put("OS-DCF:diskConfig", "MANUAL");
    all.put("progress", 0);
    all.put("OS-EXT-AZ:availability_zone", "nova");
    all.put("config_drive", "");
    all.put("key_name", "");
    all.put("security_groups", List.of(Map.of("name", "default")));
    all.put("OS-EXT-STS:vm_state", active ? "active" : "building");
    all.put("OS-EXT-STS:power_state", active ? 1 : 0);
    all.put("os-extended-volumes:volumes_attached", List.of());
    all.put("locked", false);
    all.put("description", name());
    all.put("tags", tags());
    all.put("trusted_image_certificates", List.of());
    all.put("server_groups", List.of());
    if (active) {
      all.put("OS-SRV-USG:launched_at", "2026-11-26T00:00:20.000000");
    }
    return all;
  }

  private Map<String, Object> addresses() {
    return Map.of(
        "lab",
        List.of(
            Map.of(
                "version",
                4,
                "addr",
                address(number),
                "OS-EXT-IPS:type",
                "fixed",
                "OS-EXT-IPS-MAC:mac_addr",
                mac(number))));
  }

  static Map<String, Object> flavor() {
    return Map.of(
        "original_name",
        "g1.h100",
        "vcpus",
        16,
        "ram",
        131072,
        "disk",
        200,
        "ephemeral",
        0,
        "swap",
        0,
        "extra_specs",
        Map.of("pci_passthrough:alias", "h100-80gb:1", "hw:cpu_policy", "dedicated"));
  }
}
