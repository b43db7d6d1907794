package dev.isobar.provider.ec2;

import dev.isobar.apis.compute.CapacityChoice;
import dev.isobar.apis.compute.InstanceObservation.Deviation;
import dev.isobar.apis.compute.InstanceObservation.State;
import dev.isobar.apis.compute.InstanceObservation.TypeInUse;
import dev.isobar.apis.compute.InstanceParameters;
import dev.isobar.apis.compute.InstanceParameters.PowerState;
import dev.isobar.apis.compute.MachineTypeChoice;
import dev.isobar.apis.compute.MetadataService;
import dev.isobar.apis.compute.NetworkInterface;
import dev.isobar.apis.compute.Placement;
import dev.isobar.provider.external.ObservedMachine;
import dev.isobar.provider.external.Subject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Where a machine is not as its spec says. What the spec leaves open never differs. */
final class Drift {
  private static final String PATH = "spec.forProvider.";
  static final String TAGS = PATH + "tags";
  static final String POWER = PATH + "powerState";
  static final String PROTECTION = PATH + "deletionProtection";
  static final String METADATA = PATH + "metadataService";
  static final String MONITORING = PATH + "providerSpecific.ec2.detailedMonitoring";

  private final InstanceParameters wanted;
  private final ObservedMachine machine;
  private final InstanceTraits traits;
  private final List<Deviation> found = new ArrayList<>();

  private Drift(InstanceParameters wanted, ObservedMachine machine, InstanceTraits traits) {
    this.wanted = wanted;
    this.machine = machine;
    this.traits = traits;
  }

  /**
   * All of it.
   *
   * @param isProtected whether the machine is protected against deletion
   * @param groups wanted for each interface, as ids; empty where the spec names none
   */
  static List<Deviation> of(
      Subject subject,
      InstanceParameters wanted,
      ObservedMachine machine,
      InstanceTraits traits,
      boolean isProtected,
      List<List<String>> groups) {
    var drift = new Drift(wanted, machine, traits);
    drift.tags(subject);
    drift.power();
    drift.mend(PROTECTION, wanted.deletionProtection(), isProtected);
    drift.metadata();
    drift.mend(
        MONITORING, wanted.providerSpecific().ec2().detailedMonitoring(), traits.monitored());
    drift.interfaces(groups);
    drift.givenOnce();
    return List.copyOf(drift.found);
  }

  private void tags(Subject subject) {
    var difference = InstanceTags.difference(subject, wanted, traits.tags());
    if (!difference.none()) {
      add(TAGS, difference.asWanted(), difference.asFound(), true);
    }
  }

  private void power() {
    boolean running = machine.state() == State.Running;
    boolean settled = running || machine.state() == State.Stopped;
    if (settled) {
      mend(POWER, wanted.powerState(), running ? PowerState.Running : PowerState.Stopped);
    }
  }

  private void metadata() {
    MetadataService service = wanted.metadataService();
    var asWanted = new InstanceTraits.Metadata(service.requireToken(), service.hopLimit());
    if (!asWanted.equals(traits.metadataService())) {
      add(METADATA, words(asWanted), words(traits.metadataService()), true);
    }
  }

  private static String words(InstanceTraits.Metadata service) {
    return "requireToken " + service.requireToken() + ", hopLimit " + service.hopLimit();
  }

  private void interfaces(List<List<String>> groups) {
    for (int place = 0; place < wanted.networkInterfaces().size(); place++) {
      NetworkInterface one = wanted.networkInterfaces().get(place);
      Optional<InstanceTraits.Nic> nic = traits.nic(place);
      if (nic.isEmpty()) {
        add(interfacePath(place), one.name(), "none", false);
        continue;
      }
      List<String> asWanted = groups.get(place).stream().sorted().toList();
      if (!asWanted.isEmpty()) {
        mend(groupsPath(place), asWanted, nic.get().groups());
      }
      boolean later =
          one.publicAddress().isPresent()
              && !RunInterfaces.publicAtLaunch(
                  wanted.networkInterfaces().size(), wanted.fabric(), one);
      if (later && !nic.get().isPublic()) {
        add(addressPath(place), "a public address", "none", true);
      }
    }
  }

  private static String interfacePath(int place) {
    return PATH + "networkInterfaces[" + place + "]";
  }

  static String groupsPath(int place) {
    return interfacePath(place) + ".securityGroups";
  }

  static String addressPath(int place) {
    return interfacePath(place) + ".publicAddress";
  }

  /** What EC2 cannot change; it differs when somebody else made or changed the machine. */
  private void givenOnce() {
    List<String> types = wanted.machineType().map(Drift::names).orElse(List.of());
    String type = machine.facts().machineType().map(TypeInUse::name).orElse("");
    if (!types.isEmpty() && !types.contains(type)) {
      add(PATH + "machineType", String.join(", ", types), type, false);
    }
    String zone = machine.facts().zone().orElse("");
    if (!wanted.zones().isEmpty() && !wanted.zones().contains(zone)) {
      add(PATH + "zones", String.join(", ", wanted.zones()), zone, false);
    }
    keep(PATH + "image.id", wanted.image().flatMap(image -> image.id()), machine.facts().image());
    keep(PATH + "sshKey.name", wanted.sshKey().flatMap(key -> key.name()), traits.key());
    keep(
        PATH + "providerSpecific.ec2.instanceProfile",
        wanted.providerSpecific().ec2().instanceProfile(),
        traits.profile());
    wanted.placement().ifPresent(this::placement);
    payment();
  }

  private static List<String> names(MachineTypeChoice choice) {
    return choice.names().orElseGet(() -> choice.name().map(List::of).orElse(List.of()));
  }

  private void placement(Placement placement) {
    var where = traits.where();
    keep(
        PATH + "placement.group.name", placement.group().flatMap(one -> one.name()), where.group());
    keep(PATH + "placement.group.id", placement.group().flatMap(one -> one.id()), where.groupId());
    keep(PATH + "placement.hostId", placement.hostId(), where.host());
    String tenancy =
        switch (placement.tenancy()) {
          case Shared -> "default";
          case Dedicated -> "dedicated";
          case Host -> "host";
        };
    keep(PATH + "placement.tenancy", Optional.of(tenancy), Optional.of(where.tenancy()));
  }

  private void payment() {
    CapacityChoice capacity = wanted.capacity();
    String market =
        switch (capacity.model()) {
          case OnDemand, Reserved -> "";
          case Spot -> "spot";
          case Block -> "capacity-block";
        };
    if (!market.equals(traits.market())) {
      String found = traits.market().isEmpty() ? "OnDemand" : traits.market();
      add(PATH + "capacity.model", capacity.model().name(), found, false);
    }
    keep(PATH + "capacity.reservationId", capacity.reservationId(), traits.reservation());
  }

  private void keep(String field, Optional<String> asWanted, Optional<String> asFound) {
    if (asWanted.isPresent() && !asWanted.equals(asFound)) {
      add(field, asWanted.get(), asFound.orElse("none"), false);
    }
  }

  private void mend(String field, Object asWanted, Object asFound) {
    if (!asWanted.equals(asFound)) {
      add(field, asWanted.toString(), asFound.toString(), true);
    }
  }

  private void add(String field, String asWanted, String asFound, boolean correctable) {
    found.add(new Deviation(field, asWanted, asFound, correctable));
  }
}
