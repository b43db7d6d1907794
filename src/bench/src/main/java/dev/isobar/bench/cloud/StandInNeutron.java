package dev.isobar.bench.cloud;

import dev.isobar.apis.tree.Tree;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Neutron with one network, and ports that are found by their description. */
final class StandInNeutron {
  private final Map<String, Map<String, Object>> byDescription = new ConcurrentHashMap<>();
  private final AtomicInteger made = new AtomicInteger();

  CloudReply reply(CloudRequest request) {
    return switch (request.question()) {
      case "GET /networks" ->
          CloudReply.of(200, Map.of("networks", List.of(Map.of("id", "network-1", "name", "lab"))));
      case "GET /ports" -> CloudReply.of(200, Map.of("ports", found(request)));
      case "POST /ports" -> create(request.body().at("port"));
      case "PUT /ports/ID/tags" -> CloudReply.of(200, Map.of("tags", List.of()));
      case "GET /floatingips" -> CloudReply.of(200, Map.of("floatingips", List.of()));
      default -> CloudReply.missing(request.question());
    };
  }

  private List<Map<String, Object>> found(CloudRequest request) {
    String description = request.query().getOrDefault("description", "");
    return byDescription.containsKey(description)
        ? List.of(byDescription.getOrDefault(description, Map.of()))
        : List.of();
  }

  private CloudReply create(Tree wanted) {
    int number = made.incrementAndGet();
    String description = wanted.at("description").text().orElse("");
    Map<String, Object> port =
        Map.of(
            "id",
            "port-" + number,
            "name",
            wanted.at("name").text().orElse(""),
            "description",
            description,
            "network_id",
            "network-1",
            "mac_address",
            StandInServer.mac(number),
            "fixed_ips",
            List.of(Map.of("ip_address", StandInServer.address(number))),
            "security_groups",
            List.of("group-1"));
    byDescription.put(description, port);
    return CloudReply.of(201, Map.of("port", port));
  }
}
