package dev.isobar.provider.external;

import dev.isobar.apis.compute.CapacityChoice;
import dev.isobar.apis.compute.ImageChoice;
import dev.isobar.apis.compute.InstanceParameters;
import dev.isobar.apis.compute.InstanceParameters.PowerState;
import dev.isobar.apis.compute.MachineTypeChoice;
import dev.isobar.apis.compute.MetadataService;
import dev.isobar.apis.compute.NetworkInterface;
import dev.isobar.apis.compute.ProviderSpecific;
import dev.isobar.apis.compute.ProviderSpecific.Ec2Corner;
import dev.isobar.apis.compute.ProviderSpecific.OpenStackCorner;
import dev.isobar.apis.compute.SecretEntry;
import dev.isobar.apis.compute.SshKeyChoice;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Machines to wish for in tests: what is not said is as if the user had left it out. */
public final class Wishes {
  private Wishes() {}

  /** A machine of one type. */
  public static InstanceParameters machine(String type, String image) {
    return machine(List.of(type), image, List.of(), Map.of(), PowerState.Running);
  }

  /** A machine of the first type and zone that can be had. */
  public static InstanceParameters machine(
      List<String> types,
      String image,
      List<String> zones,
      Map<String, String> tags,
      PowerState power) {
    return new InstanceParameters(
        Optional.of(new MachineTypeChoice(Optional.empty(), Optional.of(types), Optional.empty())),
        Optional.of(new ImageChoice(Optional.of(image), Optional.empty())),
        Optional.empty(),
        List.of(),
        List.of(),
        Optional.empty(),
        zones,
        Optional.empty(),
        new CapacityChoice(CapacityChoice.Model.OnDemand, Optional.empty(), Optional.empty()),
        Optional.empty(),
        Optional.empty(),
        new MetadataService(false, true, 2),
        tags,
        false,
        power,
        new ProviderSpecific(
            new OpenStackCorner(Map.of(), Map.of()), new Ec2Corner(Optional.empty(), false)));
  }

  /** The same machine at these networks. */
  public static InstanceParameters at(InstanceParameters plain, NetworkInterface... interfaces) {
    return new InstanceParameters(
        plain.machineType(),
        plain.image(),
        plain.rootDisk(),
        plain.disks(),
        List.of(interfaces),
        plain.fabric(),
        plain.zones(),
        plain.placement(),
        plain.capacity(),
        plain.sshKey(),
        plain.userData(),
        plain.metadataService(),
        plain.tags(),
        plain.deletionProtection(),
        plain.powerState(),
        plain.providerSpecific());
  }

  /** The same machine from another image. */
  public static InstanceParameters from(InstanceParameters plain, ImageChoice image) {
    return new InstanceParameters(
        plain.machineType(),
        Optional.of(image),
        plain.rootDisk(),
        plain.disks(),
        plain.networkInterfaces(),
        plain.fabric(),
        plain.zones(),
        plain.placement(),
        plain.capacity(),
        plain.sshKey(),
        plain.userData(),
        plain.metadataService(),
        plain.tags(),
        plain.deletionProtection(),
        plain.powerState(),
        plain.providerSpecific());
  }

  /** The same machine with a public key to log in with, from a Secret. */
  public static InstanceParameters withKey(InstanceParameters plain, SecretEntry publicKey) {
    return new InstanceParameters(
        plain.machineType(),
        plain.image(),
        plain.rootDisk(),
        plain.disks(),
        plain.networkInterfaces(),
        plain.fabric(),
        plain.zones(),
        plain.placement(),
        plain.capacity(),
        Optional.of(new SshKeyChoice(Optional.empty(), Optional.of(publicKey))),
        plain.userData(),
        plain.metadataService(),
        plain.tags(),
        plain.deletionProtection(),
        plain.powerState(),
        plain.providerSpecific());
  }

  /** The mark that machines of a subject carry. */
  static Mark mark(Subject subject) {
    var installation = Optional.ofNullable(subject.marks().get(Subject.INSTALLATION_TAG));
    return new Mark(subject.uid(), installation, subject.namespace() + "/" + subject.name());
  }
}
