package dev.isobar.function.compose.cloud;

import dev.isobar.apis.compute.Architecture;
import dev.isobar.apis.compute.CloudObject;
import dev.isobar.apis.compute.CloudSpec;
import dev.isobar.apis.compute.CloudStatus;
import dev.isobar.apis.compute.ClusterApi.InstanceProfiles;
import dev.isobar.apis.compute.Eks;
import dev.isobar.apis.compute.Image;
import dev.isobar.apis.compute.MachineType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** A Cloud with what it offers: discovery's findings overlaid by what its operator says. */
public final class Catalogue {
  private final String name;
  private final CloudSpec spec;
  private final SortedMap<String, Machine> machines = new TreeMap<>();
  private final List<Image> images = new ArrayList<>();
  private final List<String> zones;

  /** Whether versions are minors, of which the cloud takes care itself. */
  private final boolean managed;

  /** The catalogue of the Cloud of this name. */
  public Catalogue(String name, CloudSpec spec, CloudStatus status) {
    this.name = name;
    this.spec = spec;
    managed = false;
    var discovered = new TreeMap<String, MachineType>();
    status.machineTypes().forEach(type -> discovered.put(type.name(), type));
    discovered.forEach((key, type) -> machines.put(key, machine(type)));
    for (MachineType type : spec.machineTypes()) {
      MachineType below = discovered.get(type.name());
      machines.put(type.name(), machine(below == null ? type : overlay(type, below)));
    }
    images.addAll(spec.images());
    images.addAll(status.images());
    zones = spec.zones().isEmpty() ? status.zones() : spec.zones();
  }

  private Catalogue(Catalogue other) {
    name = other.name;
    spec = other.spec;
    managed = true;
    machines.putAll(other.machines);
    images.addAll(EksImages.of(spec.clusterApi().eks()));
    zones = other.zones;
  }

  /** The same for clusters whose control plane the cloud runs: their versions and images. */
  public Catalogue managed() {
    return managed ? this : new Catalogue(this);
  }

  /** Whether it is for clusters whose control plane the cloud runs. */
  public boolean isManaged() {
    return managed;
  }

  /** The Cloud's name. */
  public String name() {
    return name;
  }

  /** The Cloud as its operator wrote it. */
  public CloudSpec spec() {
    return spec;
  }

  /** The instance profiles of machines on EC2. */
  public InstanceProfiles instanceProfiles() {
    return spec.clusterApi().instanceProfiles().orElse(InstanceProfiles.USUAL);
  }

  /** The role that volumes of EKS clusters are made with. */
  public Optional<String> volumesRole() {
    return spec.clusterApi().eks().flatMap(Eks::volumesRole);
  }

  /**
   * Whether clusters get what the cloud's controller and volumes act with: credentials, or on EC2
   * the profiles of their machines.
   */
  public boolean lendsRights() {
    return switch (spec.provider()) {
      case OpenStack -> spec.workloadCredentials().isPresent();
      case EC2 -> true;
    };
  }

  /** Zones clusters may use; empty when the cloud has none that are known. */
  public List<String> zones() {
    return zones;
  }

  /** The machine type of this name. */
  public Optional<Machine> machine(String type) {
    return Optional.ofNullable(machines.get(type));
  }

  /** The names of all machine types. */
  public SortedSet<String> machineNames() {
    return Collections.unmodifiableSortedSet(new TreeSet<>(machines.keySet()));
  }

  /** All versions there are images of the architecture for, oldest first. */
  public SortedSet<KubernetesVersion> versions(Architecture architecture) {
    var versions = new TreeSet<KubernetesVersion>();
    for (Image image : images) {
      if (image.architecture() == architecture) {
        version(image).ifPresent(versions::add);
      }
    }
    return versions;
  }

  /** The newest patch of a minor that has an image of the architecture. */
  public Optional<KubernetesVersion> newest(int minor, Architecture architecture) {
    return versions(architecture).stream()
        .filter(version -> version.minor() == minor)
        .max(Comparator.naturalOrder());
  }

  /**
   * The image for machines of a version: for GPU nodes one made for them before one for any node;
   * among equals the operator's before a discovered one, and the one listed first. On EKS those for
   * any node lack the driver.
   */
  public Optional<ImagePin> image(
      KubernetesVersion version, Architecture architecture, boolean gpu) {
    Optional<Image> general = find(version, architecture, Image.Purpose.any);
    Optional<Image> special =
        gpu ? find(version, architecture, Image.Purpose.gpu) : Optional.empty();
    return special
        .or(() -> general.filter(_ -> !gpu || !managed))
        .map(image -> new ImagePin(new CloudObject(image.name(), image.id()), architecture));
  }

  private Optional<Image> find(
      KubernetesVersion version, Architecture architecture, Image.Purpose purpose) {
    return images.stream()
        .filter(image -> image.architecture() == architecture && image.purpose() == purpose)
        .filter(image -> version(image).filter(version::equals).isPresent())
        .findFirst();
  }

  private Optional<KubernetesVersion> version(Image image) {
    return managed
        ? KubernetesVersion.minorOf(image.kubernetes())
        : KubernetesVersion.parse(image.kubernetes());
  }

  private static MachineType overlay(MachineType above, MachineType below) {
    return new MachineType(
        above.name(),
        above.cpu().or(below::cpu),
        above.memory().or(below::memory),
        above.disk().or(below::disk),
        above.architecture().or(below::architecture),
        above.gpu().or(below::gpu),
        above.scarce().or(below::scarce),
        above.zones().isEmpty() ? below.zones() : above.zones());
  }

  private static Machine machine(MachineType type) {
    return new Machine(
        type.name(),
        type.cpu(),
        type.memory().filter(memory -> memory.bytes() > 0),
        type.disk(),
        type.architecture().orElse(Architecture.amd64),
        type.gpu(),
        type.scarce().orElse(false),
        type.zones());
  }
}
