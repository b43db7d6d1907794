package dev.isobar.e2e.chaos;

import dev.isobar.e2e.chaos.ChaosPlan.Outfit;
import dev.isobar.e2e.chaos.ChaosPlan.Wanted;
import dev.isobar.e2e.ec2.StandInEc2;
import dev.isobar.testbed.fault.Fault;
import dev.isobar.testbed.fault.FaultProxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import software.amazon.awssdk.services.ec2.model.Address;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.InstanceAttributeName;
import software.amazon.awssdk.services.ec2.model.InstanceStateName;
import software.amazon.awssdk.services.ec2.model.NetworkInterface;
import software.amazon.awssdk.services.ec2.model.Tag;
import software.amazon.awssdk.services.ec2.model.VolumeAttachment;

/** An EC2 of moto behind a proxy, which shows new machines late. */
final class Ec2Chaos implements ChaosCloud {
  private static final String UID = "isobar-uid";
  private static final String RUN = "POST / RunInstances";

  private final StandInEc2 cloud = StandInEc2.own();
  private final FaultProxy proxy = FaultProxy.of(cloud.server().address().toString());
  private final String image = cloud.image("chaos");
  private final String subnet;

  Ec2Chaos() {
    cloud.server().behave("{\"invisible\": 2}");
    String vpc =
        cloud.operator().createVpc(request -> request.cidrBlock("10.9.0.0/16")).vpc().vpcId();
    subnet =
        cloud
            .operator()
            .createSubnet(request -> request.vpcId(vpc).cidrBlock("10.9.0.0/20"))
            .subnet()
            .subnetId();
  }

  @Override
  public String provider() {
    return "EC2";
  }

  @Override
  public String region() {
    return StandInEc2.REGION;
  }

  @Override
  public String credentials() {
    return "[default]\naws_access_key_id = chaos\naws_secret_access_key = chaos\n";
  }

  @Override
  public String entry() {
    return "default";
  }

  @Override
  public Map<String, String> overrides() {
    return Map.of("ec2", proxy.address(), "sts", proxy.address());
  }

  /** A public address is one of its own where there are two interfaces. */
  @Override
  public Map<String, Object> machine(Wanted wanted) {
    List<Map<String, Object>> interfaces = new ArrayList<>();
    Map<String, Object> first = new TreeMap<>();
    first.put("name", "main");
    first.put("subnet", Map.of("id", subnet));
    interfaces.add(first);
    if (wanted.outfit() == Outfit.PUBLIC_ADDRESS) {
      first.put("publicAddress", Map.of());
      interfaces.add(Map.of("name", "data", "subnet", Map.of("id", subnet)));
    }
    return Map.of(
        "machineType", Map.of("name", "t3.micro"),
        "image", Map.of("id", image),
        "networkInterfaces", interfaces);
  }

  @Override
  public void at(CloudCall call, int nth, Fault fault) {
    String actions =
        switch (call) {
          case LOOK -> "Describe.+";
          case PREPARE -> "(ImportKeyPair|AllocateAddress|AssociateAddress)";
          case CREATE -> "RunInstances";
          case MEND -> "(CreateTags|DeleteTags|StopInstances|StartInstances|Modify.+)";
          case DELETE -> "TerminateInstances";
          case RELEASE -> "(DisassociateAddress|ReleaseAddress|DeleteKeyPair)";
        };
    proxy.nth(nth, "POST / " + actions, fault);
  }

  @Override
  public void heal() {
    proxy.heal();
  }

  @Override
  public long creations() {
    return proxy.log().stream().filter(one -> one.executed() && one.line().equals(RUN)).count();
  }

  /** EC2 shows what is gone for an hour, moto for ever. */
  @Override
  public List<String> everRan(UnaryOperator<String> names) {
    return everyInstance().map(one -> names.apply(tag(one.tags(), UID))).sorted().toList();
  }

  @Override
  public List<String> found(UnaryOperator<String> names) {
    List<String> found = new ArrayList<>();
    Map<String, String> owners = new TreeMap<>();
    for (Instance one : instances()) {
      String owner = names.apply(tag(one.tags(), UID));
      owners.put(one.instanceId(), owner);
      boolean on =
          !Set.of(InstanceStateName.STOPPING, InstanceStateName.STOPPED)
              .contains(one.state().name());
      found.add(
          ChaosCloud.machine(
              owner, one.instanceId(), tag(one.tags(), "round"), on, locked(one.instanceId())));
    }
    var ec2 = cloud.operator();
    ec2.describeVolumes()
        .volumes()
        .forEach(volume -> found.add(part(owners, "volume", holder(volume.attachments()))));
    Map<String, String> holders = new TreeMap<>();
    for (NetworkInterface one : ec2.describeNetworkInterfaces().networkInterfaces()) {
      String holder = one.attachment() == null ? "" : one.attachment().instanceId();
      holders.put(one.networkInterfaceId(), holder);
      found.add(part(owners, "interface", holder));
    }
    for (Address one : ec2.describeAddresses().addresses()) {
      String at = one.networkInterfaceId() == null ? "" : one.networkInterfaceId();
      String holder = holders.getOrDefault(at, "");
      found.add(
          names.apply(tag(one.tags(), UID))
              + ": address of "
              + (holder.isEmpty() ? "nothing" : holder));
    }
    ec2.describeKeyPairs()
        .keyPairs()
        .forEach(pair -> found.add(names.apply(tag(pair.tags(), UID)) + ": key pair"));
    return found;
  }

  @Override
  public List<String> expected(Wanted wanted, String id) {
    Map<String, String> owner = Map.of(id, wanted.name());
    List<String> shall = new ArrayList<>();
    shall.add(
        ChaosCloud.machine(
            wanted.name(), id, String.valueOf(wanted.round()), !wanted.off(), wanted.locked()));
    shall.add(part(owner, "volume", id));
    shall.add(part(owner, "interface", id));
    switch (wanted.outfit()) {
      case NOTHING -> {}
      case PUBLIC_ADDRESS -> {
        shall.add(part(owner, "interface", id));
        shall.add(wanted.name() + ": address of " + id);
      }
      case KEY -> shall.add(wanted.name() + ": key pair");
    }
    return shall;
  }

  private List<Instance> instances() {
    return everyInstance()
        .filter(one -> one.state().name() != InstanceStateName.TERMINATED)
        .toList();
  }

  private Stream<Instance> everyInstance() {
    return cloud.operator().describeInstances().reservations().stream()
        .flatMap(reservation -> reservation.instances().stream());
  }

  private boolean locked(String id) {
    return cloud
        .operator()
        .describeInstanceAttribute(request ->
            request.instanceId(id).attribute(InstanceAttributeName.DISABLE_API_TERMINATION))
        .disableApiTermination()
        .value();
  }

  private static String holder(List<VolumeAttachment> attachments) {
    return attachments.isEmpty() ? "" : attachments.getFirst().instanceId();
  }

  private static String part(Map<String, String> owners, String kind, String instance) {
    String id = instance.isEmpty() ? "nothing" : instance;
    return owners.getOrDefault(id, "nobody") + ": " + kind + " of " + id;
  }

  private static String tag(List<Tag> tags, String key) {
    return tags.stream()
        .filter(tag -> tag.key().equals(key))
        .map(Tag::value)
        .findFirst()
        .orElse("unknown");
  }

  @Override
  public void close() {
    proxy.close();
    cloud.server().close();
  }
}
