package dev.isobar.provider.openstack;

import dev.isobar.apis.compute.CapacityChoice;
import dev.isobar.apis.compute.InstanceDisk;
import dev.isobar.apis.compute.InstanceParameters;
import dev.isobar.apis.compute.RootDisk;
import dev.isobar.provider.external.Order;
import dev.isobar.provider.external.Subject;
import dev.isobar.provider.openstack.compute.Flavor;
import dev.isobar.provider.openstack.network.Port;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The body of {@code POST /servers}.
 *
 * @param image its id
 * @param ports the primary one first
 * @param serverGroup id of the group it joins
 * @param userData encoded as it is sent
 * @param key name of the key pair
 */
record ServerRequest(
    Order order,
    Flavor flavor,
    String image,
    List<Port> ports,
    Optional<String> serverGroup,
    Optional<String> userData,
    Optional<String> key) {

  Map<String, Object> body() {
    InstanceParameters wanted = order.wanted();
    Map<String, Object> server = new TreeMap<>();
    server.put("name", order.subject().name());
    server.put("flavorRef", flavor.id());
    server.put("networks", ports.stream().map(port -> Map.of("port", port.id())).toList());
    server.put("metadata", metadata());
    server.put("tags", List.copyOf(ServerMarks.tags(order.subject().uid())));
    if (wanted.rootDisk().isEmpty()) {
      server.put("imageRef", image);
    }
    List<Map<String, Object>> disks = disks();
    if (!disks.isEmpty()) {
      server.put("block_device_mapping_v2", disks);
    }
    order.offer().zone().ifPresent(zone -> server.put("availability_zone", zone));
    userData.ifPresent(text -> server.put("user_data", text));
    key.ifPresent(name -> server.put("key_name", name));
    if (wanted.metadataService().configDrive()) {
      server.put("config_drive", true);
    }
    Map<String, Object> body = new TreeMap<>();
    body.put("server", server);
    Map<String, Object> hints = hints();
    if (!hints.isEmpty()) {
      body.put("os:scheduler_hints", hints);
    }
    return body;
  }

  private Map<String, String> metadata() {
    Map<String, String> metadata = ServerMarks.metadata(order.subject(), order.wanted());
    metadata.put(Subject.TOKEN_TAG, order.token().text());
    ports.stream()
        .findFirst()
        .ifPresent(primary -> metadata.put(ServerMarks.PRIMARY, primary.mac()));
    return metadata;
  }

  private Map<String, Object> hints() {
    Map<String, Object> hints =
        new TreeMap<>(order.wanted().providerSpecific().openstack().schedulerHints());
    serverGroup.ifPresent(id -> hints.put("group", id));
    CapacityChoice capacity = order.wanted().capacity();
    if (capacity.model() == CapacityChoice.Model.Reserved) {
      capacity.reservationId().ifPresent(id -> hints.put("reservation", id));
    }
    return hints;
  }

  /** Nova wants the root disk among the others as soon as there are others. */
  private List<Map<String, Object>> disks() {
    List<Map<String, Object>> all = new ArrayList<>();
    order.wanted().rootDisk().map(this::root).ifPresent(all::add);
    if (all.isEmpty() && !order.wanted().disks().isEmpty()) {
      all.add(disk("image", "local", 0, true, Map.of("uuid", image)));
    }
    for (InstanceDisk disk : order.wanted().disks()) {
      Map<String, Object> more = new TreeMap<>();
      more.put("volume_size", disk.size().gibibytes());
      more.put("tag", disk.name());
      disk.volumeType().ifPresent(type -> more.put("volume_type", type));
      boolean goes = disk.local() || disk.deleteWithInstance();
      all.add(disk("blank", disk.local() ? "local" : "volume", -1, goes, more));
    }
    return all;
  }

  private Map<String, Object> root(RootDisk root) {
    Map<String, Object> more = new TreeMap<>();
    more.put("uuid", image);
    more.put("volume_size", root.size().gibibytes());
    root.volumeType().ifPresent(type -> more.put("volume_type", type));
    return disk("image", "volume", 0, root.deleteWithInstance(), more);
  }

  private static Map<String, Object> disk(
      String source, String destination, int boot, boolean goes, Map<String, Object> more) {
    Map<String, Object> disk = new TreeMap<>(more);
    disk.put("source_type", source);
    disk.put("destination_type", destination);
    disk.put("boot_index", boot);
    disk.put("delete_on_termination", goes);
    return disk;
  }
}
