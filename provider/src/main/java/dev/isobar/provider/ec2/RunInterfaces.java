package dev.isobar.provider.ec2;

import dev.isobar.apis.compute.Fabric;
import dev.isobar.apis.compute.NetworkInterface;
import dev.isobar.apis.compute.NetworkInterface.Acceleration;
import dev.isobar.provider.external.CloudWords;
import dev.isobar.provider.external.Failure;
import dev.isobar.provider.external.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.ec2.model.InstanceIpv6Address;
import software.amazon.awssdk.services.ec2.model.InstanceNetworkInterfaceSpecification;

/** The interfaces of a launch: the spec's, then those of the fabric, card by card. */
final class RunInterfaces {
  private static final String EFA = "efa";

  /** An interface of the fabric alone, without an address of its own. */
  static final String EFA_ONLY = "efa-only";

  private RunInterfaces() {}

  /**
   * Whether an interface's public address comes with the launch. EC2 gives one to a single
   * interface only; every other is associated afterwards.
   */
  static boolean publicAtLaunch(int interfaces, Optional<Fabric> fabric, NetworkInterface one) {
    return interfaces == 1
        && fabric.isEmpty()
        && one.publicAddress().filter(address -> address.pool().isEmpty()).isPresent();
  }

  /** The interfaces; none when the spec has none, and then EC2 gives the default one. */
  static Response<List<InstanceNetworkInterfaceSpecification>> of(LaunchPlan plan) {
    var wanted = plan.order().wanted();
    List<InstanceNetworkInterfaceSpecification> all = new ArrayList<>();
    for (int place = 0; place < wanted.networkInterfaces().size(); place++) {
      all.add(ordinary(plan, place));
    }
    if (wanted.fabric().isEmpty()) {
      return Response.of(all);
    }
    return fabric(plan, wanted.fabric().get(), all);
  }

  private static InstanceNetworkInterfaceSpecification ordinary(LaunchPlan plan, int place) {
    var wanted = plan.order().wanted();
    NetworkInterface one = wanted.networkInterfaces().get(place);
    var made =
        InstanceNetworkInterfaceSpecification.builder()
            .deviceIndex(place)
            .networkCardIndex(0)
            .description(one.name())
            .deleteOnTermination(true);
    plan.subnets().get(place).ifPresent(subnet -> made.subnetId(subnet.id()));
    if (!plan.groups().get(place).isEmpty()) {
      made.groups(plan.groups().get(place));
    }
    one.address()
        .ifPresent(address -> {
          if (address.contains(":")) {
            made.ipv6Addresses(InstanceIpv6Address.builder().ipv6Address(address).build());
          } else {
            made.privateIpAddress(address);
          }
        });
    if (wanted.networkInterfaces().size() == 1 && wanted.fabric().isEmpty()) {
      made.associatePublicIpAddress(publicAtLaunch(1, wanted.fabric(), one));
    }
    if (one.acceleration() == Acceleration.RDMA) {
      made.interfaceType(EFA);
    }
    return made.build();
  }

  private static Response<List<InstanceNetworkInterfaceSpecification>> fabric(
      LaunchPlan plan, Fabric fabric, List<InstanceNetworkInterfaceSpecification> ordinary) {
    String typeName = plan.order().offer().machineType();
    if (plan.type().isEmpty()) {
      return refused("spec.forProvider.machineType: EC2 has no machine type " + typeName);
    }
    if (ordinary.isEmpty() || plan.subnets().getFirst().isEmpty()) {
      return refused(
          "spec.forProvider.networkInterfaces: a fabric needs a first interface with a subnet");
    }
    TypeFacts type = plan.type().get();
    long taken = ordinary.stream().filter(one -> EFA.equals(one.interfaceType())).count();
    long free = type.efas() - taken;
    int each = fabric.interfacesPerCard();
    int most = (int) Math.min(type.cards(), free / each);
    int used = fabric.cards().orElse(Math.max(most, 1));
    if (used > most) {
      return refused(
          "spec.forProvider.fabric: %s has %d network cards and takes %d fabric interfaces, %d of them are free"
              .formatted(typeName, type.cards(), type.efas(), Math.max(free, 0)));
    }
    // Where there are more cards than fabric interfaces, the first ones are for ordinary traffic.
    int first = type.cards() - most;
    List<InstanceNetworkInterfaceSpecification> all = new ArrayList<>(ordinary);
    for (int card = first; card < first + used; card++) {
      for (int one = 0; one < each; one++) {
        all.add(fabricInterface(plan, card, (card == 0 ? ordinary.size() : 1) + one));
      }
    }
    return Response.of(all);
  }

  /** Only card 0 has a device 0, the primary interface. */
  private static InstanceNetworkInterfaceSpecification fabricInterface(
      LaunchPlan plan, int card, int device) {
    List<String> groups =
        plan.fabricGroups().isEmpty() ? plan.groups().getFirst() : plan.fabricGroups();
    var made =
        InstanceNetworkInterfaceSpecification.builder()
            .deviceIndex(device)
            .networkCardIndex(card)
            .interfaceType(EFA_ONLY)
            .subnetId(plan.subnets().getFirst().orElseThrow().id())
            .description("fabric " + card + "." + device)
            .deleteOnTermination(true);
    return groups.isEmpty() ? made.build() : made.groups(groups).build();
  }

  private static Response<List<InstanceNetworkInterfaceSpecification>> refused(String problem) {
    return Response.failed(new Failure.InvalidConfiguration(CloudWords.ours(problem)));
  }
}
