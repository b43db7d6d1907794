package dev.isobar.provider.ec2;

import dev.isobar.apis.compute.CapacityChoice;
import dev.isobar.apis.compute.CloudObject;
import dev.isobar.apis.compute.Fabric;
import dev.isobar.apis.compute.ImageChoice;
import dev.isobar.apis.compute.InstanceDisk;
import dev.isobar.apis.compute.InstanceParameters;
import dev.isobar.apis.compute.InstanceParameters.PowerState;
import dev.isobar.apis.compute.MachineTypeChoice;
import dev.isobar.apis.compute.MetadataService;
import dev.isobar.apis.compute.NetworkInterface;
import dev.isobar.apis.compute.NetworkInterface.Acceleration;
import dev.isobar.apis.compute.NetworkInterface.PublicAddress;
import dev.isobar.apis.compute.Placement;
import dev.isobar.apis.compute.ProviderSpecific;
import dev.isobar.apis.compute.ProviderSpecific.Ec2Corner;
import dev.isobar.apis.compute.ProviderSpecific.OpenStackCorner;
import dev.isobar.apis.compute.RootDisk;
import dev.isobar.apis.compute.SecretEntry;
import dev.isobar.apis.compute.SshKeyChoice;
import dev.isobar.apis.compute.UserDataSource;
import dev.isobar.apis.compute.UserDataSource.Compression;
import dev.isobar.apis.schema.Size;
import dev.isobar.provider.external.CreationToken;
import dev.isobar.provider.external.Offer;
import dev.isobar.provider.external.Order;
import dev.isobar.provider.external.SecretBytes;
import dev.isobar.provider.external.Subject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A machine to wish for, field by field; what is not said is as if the user had left it out. */
public final class Wish {
  public static final Subject SUBJECT =
      new Subject(
          "uid-1",
          "lab",
          "one",
          Optional.empty(),
          Map.of(Subject.UID_TAG, "uid-1", "crossplane-name", "one"));

  public String type = "p5.48xlarge";
  public String image = "ami-1";
  public Optional<ImageChoice.Selector> selector = Optional.empty();
  public Optional<String> zone = Optional.empty();
  public Optional<RootDisk> rootDisk = Optional.empty();
  public final List<InstanceDisk> disks = new ArrayList<>();
  public final List<NetworkInterface> interfaces = new ArrayList<>();
  public Optional<Fabric> fabric = Optional.empty();
  public Optional<Placement> placement = Optional.empty();
  public CapacityChoice capacity =
      new CapacityChoice(CapacityChoice.Model.OnDemand, Optional.empty(), Optional.empty());
  public Optional<SshKeyChoice> sshKey = Optional.empty();
  public Compression compression = Compression.None;
  public Optional<SecretBytes> userData = Optional.empty();
  public MetadataService metadata = new MetadataService(false, true, 2);
  public final Map<String, String> tags = new TreeMap<>();
  public boolean isProtected;
  public PowerState power = PowerState.Running;
  public Optional<String> profile = Optional.empty();
  public boolean monitored;

  public static Wish machine() {
    return new Wish();
  }

  public InstanceParameters parameters() {
    return new InstanceParameters(
        Optional.of(new MachineTypeChoice(Optional.of(type), Optional.empty(), Optional.empty())),
        Optional.of(new ImageChoice(Optional.of(image).filter(_ -> selector.isEmpty()), selector)),
        rootDisk,
        disks,
        interfaces,
        fabric,
        zone.map(List::of).orElse(List.of()),
        placement,
        capacity,
        sshKey,
        userData.map(_ -> new UserDataSource(new SecretEntry("boot", "value"), compression)),
        metadata,
        tags,
        isProtected,
        power,
        new ProviderSpecific(
            new OpenStackCorner(Map.of(), Map.of()), new Ec2Corner(profile, monitored)));
  }

  Order order() {
    return new Order(
        SUBJECT,
        CreationToken.of(SUBJECT.uid(), 1),
        new Offer(type, zone),
        parameters(),
        userData,
        Optional.empty());
  }

  /** With its interfaces in one subnet and in as many groups as they name. */
  LaunchPlan plan(TypeFacts facts) {
    return new LaunchPlan(
        order(),
        new Ec2Names.FoundImage("ami-1", "/dev/xvda"),
        interfaces.stream()
            .map(one ->
                one.subnet().map(_ -> new Ec2Names.FoundSubnet("subnet-1", "us-east-1a", "vpc-1")))
            .toList(),
        interfaces.stream()
            .map(one ->
                one.securityGroups().stream().map(group -> group.id().orElseThrow()).toList())
            .toList(),
        List.of(),
        Optional.of(facts),
        sshKey.flatMap(SshKeyChoice::name));
  }

  static NetworkInterface nic(
      String name, Acceleration acceleration, boolean isPublic, String... groups) {
    return new NetworkInterface(
        name,
        Optional.empty(),
        Optional.of(id("subnet-1")),
        Optional.empty(),
        List.of(groups).stream().map(Wish::id).toList(),
        isPublic ? Optional.of(new PublicAddress(Optional.empty())) : Optional.empty(),
        acceleration);
  }

  /** One in the first subnet, or in others where the zone wants it. */
  static NetworkInterface inSubnets(String first, String... others) {
    return new NetworkInterface(
        "main",
        Optional.empty(),
        Optional.of(id(first)),
        Optional.empty(),
        List.of(),
        Optional.empty(),
        Acceleration.None,
        List.of(others));
  }

  static CloudObject id(String id) {
    return new CloudObject(Optional.empty(), Optional.of(id));
  }

  static InstanceDisk disk(String name, String size) {
    return new InstanceDisk(
        name, new Size(size), Optional.of("gp3"), false, true, Optional.empty());
  }
}
