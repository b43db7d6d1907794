package dev.isobar.provider.clusterapi;

import dev.isobar.apis.compute.CapacityChoice;
import dev.isobar.apis.compute.CloudObject;
import dev.isobar.apis.compute.ImageChoice;
import dev.isobar.apis.compute.InstanceDisk;
import dev.isobar.apis.compute.InstanceParameters;
import dev.isobar.apis.compute.InstanceParameters.PowerState;
import dev.isobar.apis.compute.InstanceSpec;
import dev.isobar.apis.compute.InstanceSpec.RecreatePolicy;
import dev.isobar.apis.compute.MachineTypeChoice;
import dev.isobar.apis.compute.MetadataService;
import dev.isobar.apis.compute.Placement;
import dev.isobar.apis.compute.ProviderSpecific;
import dev.isobar.apis.compute.ProviderSpecific.Ec2Corner;
import dev.isobar.apis.compute.ProviderSpecific.OpenStackCorner;
import dev.isobar.apis.compute.RootDisk;
import dev.isobar.apis.compute.SecretEntry;
import dev.isobar.apis.compute.SshKeyChoice;
import dev.isobar.apis.compute.UsedProviderConfig;
import dev.isobar.apis.compute.UserDataSource;
import dev.isobar.apis.compute.UserDataSource.Compression;
import dev.isobar.apis.infrastructure.GpuMachineSpec;
import dev.isobar.apis.platform.DataDisk;
import dev.isobar.apis.platform.Disk;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The Instance that is a GPU machine. It is never made twice: Cluster API replaces a Machine whose
 * machine is lost by another one.
 */
public final class MachineInstance {
  /** The key of a bootstrap Secret that holds the data for the first start. */
  private static final String DATA = "value";

  private MachineInstance() {}

  /**
   * Its spec.
   *
   * @param bootstrapSecret name of the Secret with the data for the first start
   * @param compression of that data
   * @param zones where it may be, the best first; the cloud's choice when empty
   */
  public static InstanceSpec of(
      GpuMachineSpec machine,
      Surroundings surroundings,
      String bootstrapSecret,
      Compression compression,
      List<String> zones) {
    var config =
        new UsedProviderConfig(
            machine.providerConfigRef().kind(), machine.providerConfigRef().name());
    var userData = new UserDataSource(new SecretEntry(bootstrapSecret, DATA), compression);
    return new InstanceSpec(
        List.of("*"),
        config,
        Optional.empty(),
        RecreatePolicy.Never,
        new InstanceParameters(
            Optional.of(types(machine.machineTypes())),
            Optional.of(image(machine.image())),
            machine.rootDisk().map(disk -> rootDisk(disk, encryption(machine))),
            machine.disks().stream().map(disk -> disk(disk, encryption(machine))).toList(),
            surroundings.interfaces(),
            Optional.empty(),
            surroundings.zones().isEmpty() ? zones : surroundings.zones(),
            machine.placementGroup().map(MachineInstance::placement),
            machine.capacity().orElse(BY_USE),
            machine.sshKey().map(name -> new SshKeyChoice(Optional.of(name), Optional.empty())),
            Optional.of(userData),
            METADATA,
            machine.tags(),
            false,
            PowerState.Running,
            new ProviderSpecific(
                new OpenStackCorner(Map.of(), Map.of()),
                new Ec2Corner(machine.instanceProfile(), false))));
  }

  private static final CapacityChoice BY_USE =
      new CapacityChoice(CapacityChoice.Model.OnDemand, Optional.empty(), Optional.empty());

  private static final MetadataService METADATA = new MetadataService(false, true, 2);

  /** One name is a choice of one: what is written is what a person would write. */
  private static MachineTypeChoice types(List<String> names) {
    return names.size() == 1
        ? new MachineTypeChoice(Optional.of(names.getFirst()), Optional.empty(), Optional.empty())
        : new MachineTypeChoice(Optional.empty(), Optional.of(names), Optional.empty());
  }

  /** A name means what Cluster API's own providers make of it. */
  private static ImageChoice image(CloudObject image) {
    return image
        .id()
        .map(id -> new ImageChoice(Optional.of(id), Optional.empty()))
        .orElseGet(() ->
            new ImageChoice(
                Optional.empty(),
                Optional.of(
                    new ImageChoice.Selector(
                        image.name(),
                        Optional.of(ImageChoice.Selector.ANY),
                        Map.of(),
                        Map.of(),
                        ImageChoice.Pick.Only))));
  }

  private static Optional<RootDisk.Encryption> encryption(GpuMachineSpec machine) {
    return machine.encryptedDisks().map(on -> new RootDisk.Encryption(on, Optional.empty()));
  }

  private static RootDisk rootDisk(Disk disk, Optional<RootDisk.Encryption> encryption) {
    return new RootDisk(
        disk.size(), disk.type(), Optional.empty(), Optional.empty(), encryption, true);
  }

  private static InstanceDisk disk(DataDisk disk, Optional<RootDisk.Encryption> encryption) {
    return new InstanceDisk(disk.name(), disk.size(), disk.type(), false, true, encryption);
  }

  private static Placement placement(String group) {
    return new Placement(
        Optional.of(new CloudObject(Optional.of(group), Optional.empty())),
        Optional.empty(),
        Placement.Tenancy.Shared,
        Optional.empty());
  }
}
