package dev.isobar.provider.openstack;

import dev.isobar.provider.openstack.FakeOpenStack.Reply;
import java.util.List;
import java.util.Map;

/** What the stand-in of Nova makes servers of. */
final class FakeOffers {
  private FakeOffers() {}

  static Reply zones() {
    return Reply.of(
        200,
        Map.of(
            "availabilityZoneInfo",
            List.of(
                Map.of("zoneName", "az2", "zoneState", Map.of("available", true)),
                Map.of("zoneName", "az1", "zoneState", Map.of("available", true)),
                Map.of("zoneName", "az3", "zoneState", Map.of("available", false)))));
  }

  static Reply limits() {
    return Reply.of(
        200,
        Map.of(
            "limits",
            Map.of(
                "absolute",
                Map.of(
                    "maxTotalCores",
                    512,
                    "totalCoresUsed",
                    20,
                    "maxTotalInstances",
                    -1,
                    "totalInstancesUsed",
                    3,
                    "maxTotalRAMSize",
                    4194304,
                    "totalRAMUsed",
                    1024))));
  }

  static List<Object> flavors() {
    return List.of(
        Map.of(
            "id",
            "flavor-1",
            "name",
            "m1.tiny",
            "vcpus",
            1,
            "ram",
            512,
            "disk",
            1,
            "extra_specs",
            Map.of()),
        Map.of(
            "id",
            "flavor-2",
            "name",
            "g1.h100",
            "vcpus",
            16,
            "ram",
            131072,
            "disk",
            200,
            "extra_specs",
            Map.of("pci_passthrough:alias", "h100-80gb:1")));
  }

  static Reply groups() {
    return Reply.of(
        200, Map.of("server_groups", List.of(Map.of("id", "group-1", "name", "spread"))));
  }
}
