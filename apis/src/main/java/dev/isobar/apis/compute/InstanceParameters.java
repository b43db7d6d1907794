package dev.isobar.apis.compute;

import dev.isobar.apis.schema.Default;
import dev.isobar.apis.schema.Distinct;
import dev.isobar.apis.schema.Doc;
import dev.isobar.apis.schema.Fixed;
import dev.isobar.apis.schema.Items;
import dev.isobar.apis.schema.Key;
import dev.isobar.apis.schema.Rule;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A machine, on any cloud. */
@Doc(
    "The machine. What says so below can be changed while it runs; everything else is given once,"
        + " and a change needs a new Instance.")
@Rule(
    cel =
        "!has(oldSelf.machineType) || (self.disks == oldSelf.disks && self.zones == oldSelf.zones"
            + " && has(self.rootDisk) == has(oldSelf.rootDisk)"
            + " && has(self.fabric) == has(oldSelf.fabric)"
            + " && has(self.placement) == has(oldSelf.placement)"
            + " && has(self.sshKey) == has(oldSelf.sshKey)"
            + " && has(self.userData) == has(oldSelf.userData))",
    says =
        "rootDisk, disks, fabric, zones, placement, sshKey and userData cannot be added once"
            + " machineType is given; make a new Instance and delete this one")
@Rule(
    cel =
        "!has(oldSelf.machineType) || self.networkInterfaces.map(one, one.name)"
            + " == oldSelf.networkInterfaces.map(one, one.name)",
    says =
        "networkInterfaces cannot be added, removed, renamed or reordered once machineType is"
            + " given; make a new Instance and delete this one")
@Rule(
    cel =
        "!has(oldSelf.machineType) || (self.networkInterfaces.map(one, has(one.network))"
            + " == oldSelf.networkInterfaces.map(one, has(one.network))"
            + " && self.networkInterfaces.map(one, has(one.subnet))"
            + " == oldSelf.networkInterfaces.map(one, has(one.subnet))"
            + " && self.networkInterfaces.map(one, has(one.address))"
            + " == oldSelf.networkInterfaces.map(one, has(one.address)))",
    says =
        "network, subnet and address of an interface cannot be added or removed once machineType"
            + " is given; make a new Instance and delete this one")
public record InstanceParameters(
    @Doc("Which machine type: by name, by a list of names, or by need. Given once.")
        @Fixed(instead = InstanceParameters.INSTEAD, once = true)
        Optional<MachineTypeChoice> machineType,
    @Doc("Machine image. Given once.") @Fixed(instead = InstanceParameters.INSTEAD, once = true)
        Optional<ImageChoice> image,
    @Doc("Root disk; the machine type's or the image's own when left out. Given once.")
        @Fixed(instead = InstanceParameters.INSTEAD, once = true)
        Optional<RootDisk> rootDisk,
    @Doc("Additional disks. Given once.")
        @Fixed(instead = InstanceParameters.INSTEAD, once = true)
        @Key("name")
        @Items(max = 16)
        @Default("[]")
        List<InstanceDisk> disks,
    @Doc(
            "Network interfaces, the first one being the primary; the project's only or default"
                + " network when empty. Their security groups can be changed.")
        @Key("name")
        @Items(max = 16)
        @Default("[]")
        List<NetworkInterface> networkInterfaces,
    @Doc(
            "Interfaces for talk between the GPUs of many machines, besides those above (EC2:"
                + " Elastic Fabric Adapter). Given once.")
        @Fixed(instead = InstanceParameters.INSTEAD, once = true)
        Optional<Fabric> fabric,
    @Doc("Zones, tried in this order; the cloud's choice when empty. Given once.")
        @Fixed(instead = InstanceParameters.INSTEAD, once = true)
        @Distinct
        @Items(max = 16)
        @Default("[]")
        List<String> zones,
    @Doc("Near to or far from which machines. Given once.")
        @Fixed(instead = InstanceParameters.INSTEAD, once = true)
        Optional<Placement> placement,
    @Doc("How the machine is paid for. Given once.")
        @Fixed(instead = InstanceParameters.INSTEAD, once = true)
        @Default("{}")
        CapacityChoice capacity,
    @Doc("SSH key for the image's first user; none when left out. Given once.")
        @Fixed(instead = InstanceParameters.INSTEAD, once = true)
        Optional<SshKeyChoice> sshKey,
    @Doc("Data for the machine's first start (cloud-init, Ignition). Given once.")
        @Fixed(instead = InstanceParameters.INSTEAD, once = true)
        Optional<UserDataSource> userData,
    @Doc("How the machine learns about itself. Can be changed on EC2.") @Default("{}")
        MetadataService metadataService,
    @Doc(
            "Tags of the machine and of what is made with it. Can be changed, but OpenStack's ports"
                + " keep those they were made with. Keys that begin with crossplane- or isobar- are"
                + " the provider's own.")
        @Items(max = 40)
        @Default("{}")
        Map<String, String> tags,
    @Doc(
            "Whether the cloud refuses to delete the machine, whoever asks. Can be changed;"
                + " deleting this object lifts it first.")
        @Default("false")
        boolean deletionProtection,
    @Doc("Whether the machine shall be Running or Stopped. Can be changed.") @Default("\"Running\"")
        PowerState powerState,
    @Doc("What only one kind of cloud has; the corner of the other kind is ignored.") @Default("{}")
        ProviderSpecific providerSpecific) {
  /** What to do where a field cannot be changed. */
  static final String INSTEAD = "make a new Instance and delete this one";

  /** Whether a machine is on; spelled as in the API. */
  public enum PowerState {
    Running,
    Stopped
  }
}
