package dev.isobar.function.compose.plan;

import dev.isobar.apis.compute.ClusterApi.GpuMachines;
import dev.isobar.apis.compute.IdentityRef;
import dev.isobar.apis.decode.Nearest;
import dev.isobar.apis.platform.DataDisk;
import dev.isobar.apis.platform.Disk;
import dev.isobar.apis.platform.ExistingNetwork;
import dev.isobar.apis.platform.PlatformClusterSpec;
import dev.isobar.apis.platform.Pool;
import dev.isobar.apis.schema.Cidr;
import dev.isobar.apis.schema.Size;
import dev.isobar.function.compose.cloud.Catalogue;
import dev.isobar.function.compose.cloud.Machine;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/** Checks that a claim, and its Cloud, can be had on EC2 by Cluster API's AWS provider. */
final class Ec2Checks {
  /** The provider's load balancer listens at this port, whatever the Cluster says. */
  static final int API_PORT = 6443;

  /** The provider's own identity has this name, and there is one. */
  private static final String CONTROLLER = "default";

  private static final Set<IdentityRef.Kind> IDENTITIES =
      Set.of(
          IdentityRef.Kind.AWSClusterControllerIdentity,
          IdentityRef.Kind.AWSClusterRoleIdentity,
          IdentityRef.Kind.AWSClusterStaticIdentity);

  /** io1 and io2 want a number of operations besides, which claims do not give. */
  private static final SortedSet<String> VOLUME_TYPES =
      new TreeSet<>(Set.of("gp2", "gp3", "sc1", "st1", "standard"));

  private static final Set<String> NOT_TO_START_FROM = Set.of("sc1", "st1");

  /** Least size of a disk in the provider's schema. */
  private static final Size SMALLEST_DISK = new Size("8Gi");

  /** A VPC is no wider, and one of this width still has room for subnets of several zones. */
  private static final int WIDEST_VPC = 16;

  private static final int NARROWEST_VPC = 24;

  private final PlatformClusterSpec spec;
  private final Catalogue cloud;
  private final ObservedCluster observed;
  private final Mistakes mistakes;

  Ec2Checks(
      PlatformClusterSpec spec, Catalogue cloud, ObservedCluster observed, Mistakes mistakes) {
    this.spec = spec;
    this.cloud = cloud;
    this.observed = observed;
    this.mistakes = mistakes;
  }

  void check() {
    if (cloud.isManaged()) {
      new EksChecks(spec, cloud, observed, mistakes).check();
    }
    checkIdentity();
    new ForeignFields(mistakes).checkEc2(spec, cloud);
    spec.network().existing().ifPresentOrElse(this::checkExisting, this::checkVpc);
    if (!cloud.isManaged()) {
      checkControlPlaneZones();
    }
    for (int i = 0; i < spec.pools().size(); i++) {
      checkPoolZones(spec.pools().get(i), "spec.pools[" + i + "]");
    }
    checkDisks();
    checkType(spec.addons().volumes().type(), "spec.addons.volumes.type", VOLUME_TYPES);
  }

  private void checkIdentity() {
    IdentityRef identity = cloud.spec().clusterApi().identityRef();
    String place = "Cloud " + cloud.name() + ": spec.clusterApi.identityRef";
    if (!IDENTITIES.contains(identity.kind())) {
      mistakes.add(
          place + ".kind",
          identity.kind() + " does not belong to EC2",
          "the platform team must set it to AWSClusterControllerIdentity, AWSClusterRoleIdentity or"
              + " AWSClusterStaticIdentity");
    } else if (identity.kind() == IdentityRef.Kind.AWSClusterControllerIdentity
        && !identity.name().equals(CONTROLLER)) {
      mistakes.add(
          place + ".name",
          "the only " + identity.kind() + " there can be is called " + CONTROLLER,
          "the platform team must set it to " + CONTROLLER);
    }
  }

  private void checkExisting(ExistingNetwork existing) {
    String path = "spec.network.existing";
    Optional<String> id = existing.network().id();
    if (id.filter(CloudIds.VPC::matches).isEmpty()) {
      mistakes.add(
          path + ".network" + (id.isPresent() ? ".id" : ".name"),
          id.map(text -> "\"" + text + "\" is no id of a VPC")
              .orElse("on EC2 networks are known by their ids alone"),
          "write network: {id: vpc-...} with the id that `aws ec2 describe-vpcs` shows");
    }
    if (existing.subnets().isEmpty()) {
      mistakes.add(
          path + ".subnets",
          "is missing, and nobody makes subnets in a network that exists",
          "name those that `aws ec2 describe-subnets` shows and machines and load balancers shall"
              + " use");
    }
  }

  private void checkVpc() {
    Cidr nodes = spec.network().nodeCidr();
    if (nodes.prefix() < WIDEST_VPC || nodes.prefix() > NARROWEST_VPC) {
      mistakes.add(
          "spec.network.nodeCidr",
          nodes.text() + " is no range for a VPC with subnets in several zones",
          "choose one of /" + WIDEST_VPC + " to /" + NARROWEST_VPC);
    } else if (!observed.begun()) {
      new Ec2SubnetChecks(spec, cloud, mistakes).check();
    }
  }

  /** The provider spreads them over all zones of the network, whatever has the type. */
  private void checkControlPlaneZones() {
    if (observed.begun() || spec.network().existing().isPresent()) {
      return;
    }
    spec.controlPlane()
        .machineType()
        .flatMap(cloud::machine)
        .ifPresent(machine ->
            lacking(machine)
                .ifPresent(zone ->
                    mistakes.add(
                        "spec.controlPlane.machineType",
                        "machine type "
                            + machine.name()
                            + " does not exist in zone "
                            + zone
                            + ", and control plane machines are spread over all zones",
                        "it exists in "
                            + String.join(", ", machine.zones())
                            + "; choose another one, or have the platform team limit spec.zones of"
                            + " the Cloud")));
  }

  /** The provider takes the first subnet for machines that are told no zone. */
  private void checkPoolZones(Pool pool, String path) {
    boolean choosesItself =
        pool.gpu().isPresent() && cloud.spec().clusterApi().gpuMachines() == GpuMachines.Isobar;
    if (choosesItself || !pool.zones().isEmpty() || !observed.deployments(pool.name()).isEmpty()) {
      return;
    }
    pool.machineType()
        .or(() -> pool.machineTypes().flatMap(types -> types.stream().findFirst()))
        .flatMap(cloud::machine)
        .filter(machine -> lacking(machine).isPresent())
        .ifPresent(machine ->
            mistakes.add(
                path + ".zones",
                "is missing, and machine type " + machine.name() + " does not exist in all zones",
                "name one that has it: " + String.join(", ", machine.zones())));
  }

  /** The first of the Cloud's zones that does not have a machine type. */
  private Optional<String> lacking(Machine machine) {
    return machine.zones().isEmpty()
        ? Optional.empty()
        : cloud.zones().stream().filter(zone -> !machine.zones().contains(zone)).findFirst();
  }

  private void checkDisks() {
    spec.controlPlane().rootDisk().ifPresent(disk -> checkRoot(disk, "spec.controlPlane.rootDisk"));
    spec.controlPlane()
        .etcd()
        .disk()
        .ifPresent(disk -> checkDisk(disk.size(), disk.type(), "spec.controlPlane.etcd.disk"));
    for (int i = 0; i < spec.pools().size(); i++) {
      Pool pool = spec.pools().get(i);
      String path = "spec.pools[" + i + "]";
      pool.rootDisk().ifPresent(disk -> checkRoot(disk, path + ".rootDisk"));
      List<DataDisk> disks = pool.disks();
      for (int j = 0; j < disks.size(); j++) {
        checkDisk(disks.get(j).size(), disks.get(j).type(), path + ".disks[" + j + "]");
      }
    }
  }

  private void checkRoot(Disk disk, String path) {
    checkSize(disk.size(), path);
    var types = new TreeSet<>(VOLUME_TYPES);
    types.removeAll(NOT_TO_START_FROM);
    checkType(disk.type(), path + ".type", types);
  }

  private void checkDisk(Size size, Optional<String> type, String path) {
    checkSize(size, path);
    checkType(type, path + ".type", VOLUME_TYPES);
  }

  private void checkSize(Size size, String path) {
    if (size.compareTo(SMALLEST_DISK) < 0) {
      mistakes.add(
          path + ".size",
          size.text() + " is less than the AWS provider makes",
          "set it to " + SMALLEST_DISK.text() + " or more");
    }
  }

  private void checkType(Optional<String> type, String path, SortedSet<String> types) {
    type.filter(name -> !types.contains(name))
        .ifPresent(name ->
            mistakes.add(
                path,
                "\"" + name + "\" is no volume type of EC2 that can be had here",
                Nearest.remedy(name, types, "there are")));
  }
}
