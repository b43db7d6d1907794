package dev.isobar.provider.openstack;

import dev.isobar.apis.compute.CloudObject;
import dev.isobar.apis.compute.InstanceObservation.Deviation;
import dev.isobar.apis.compute.InstanceObservation.State;
import dev.isobar.apis.compute.InstanceParameters;
import dev.isobar.apis.compute.InstanceParameters.PowerState;
import dev.isobar.apis.compute.MachineTypeChoice;
import dev.isobar.apis.compute.NetworkInterface;
import dev.isobar.provider.external.Subject;
import dev.isobar.provider.openstack.compute.Server;
import dev.isobar.provider.openstack.identity.Dialogue;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Where a server is not as its spec says. It takes no request of its own for a server: what Nova
 * shows in its listing must do, so that thousands of machines are compared for one listing.
 */
final class Comparison {
  static final String POWER = "spec.forProvider.powerState";
  static final String PROTECTION = "spec.forProvider.deletionProtection";
  static final String SECURITY_GROUPS = "spec.forProvider.networkInterfaces.securityGroups";
  static final String PUBLIC_ADDRESS = "spec.forProvider.networkInterfaces.publicAddress";

  private static final String DEFAULT_GROUP = "default";

  private final Dialogue dialogue;
  private final Lookups lookups;

  Comparison(Dialogue dialogue, Lookups lookups) {
    this.dialogue = dialogue;
    this.lookups = lookups;
  }

  List<Deviation> of(Subject subject, InstanceParameters wanted, Server server) {
    List<Deviation> found =
        new ArrayList<>(Labelling.of(subject, wanted, server).deviations(wanted, server));
    power(wanted, server).ifPresent(found::add);
    if (wanted.deletionProtection() != server.locked()) {
      found.add(
          deviation(
              PROTECTION,
              String.valueOf(wanted.deletionProtection()),
              String.valueOf(server.locked()),
              true));
    }
    securityGroups(wanted, server).ifPresent(found::add);
    publicAddress(wanted, server).ifPresent(found::add);
    machineType(wanted, server).ifPresent(found::add);
    image(wanted, server).ifPresent(found::add);
    return found;
  }

  private static Optional<Deviation> power(InstanceParameters wanted, Server server) {
    PowerState is = Sight.state(server) == State.Stopped ? PowerState.Stopped : PowerState.Running;
    boolean moving = server.task().isPresent();
    return is == wanted.powerState() || moving
        ? Optional.empty()
        : Optional.of(deviation(POWER, wanted.powerState().name(), server.status(), true));
  }

  /** Nova shows the names of all groups over all ports, each once. */
  private Optional<Deviation> securityGroups(InstanceParameters wanted, Server server) {
    if (wanted.networkInterfaces().stream().allMatch(one -> one.securityGroups().isEmpty())) {
      return Optional.empty(); // who says nothing leaves them to others
    }
    SortedSet<String> names = new TreeSet<>();
    for (NetworkInterface one : wanted.networkInterfaces()) {
      if (one.securityGroups().isEmpty()) {
        names.add(DEFAULT_GROUP);
      }
      for (CloudObject group : one.securityGroups()) {
        names.add(lookups.securityGroup(dialogue, SECURITY_GROUPS, group).name());
      }
    }
    boolean nameless = names.contains("");
    return nameless || names.equals(server.securityGroups())
        ? Optional.empty()
        : Optional.of(
            deviation(SECURITY_GROUPS, names.toString(), server.securityGroups().toString(), true));
  }

  private static Optional<Deviation> publicAddress(InstanceParameters wanted, Server server) {
    long wish =
        wanted.networkInterfaces().stream().filter(one -> one.publicAddress().isPresent()).count();
    long has = server.addresses().stream().filter(Server.Address::floating).count();
    return has >= wish
        ? Optional.empty()
        : Optional.of(deviation(PUBLIC_ADDRESS, String.valueOf(wish), String.valueOf(has), true));
  }

  private static Optional<Deviation> machineType(InstanceParameters wanted, Server server) {
    Optional<MachineTypeChoice> choice = wanted.machineType();
    List<String> names =
        choice
            .flatMap(MachineTypeChoice::names)
            .or(() -> choice.flatMap(MachineTypeChoice::name).map(List::of))
            .orElse(List.of());
    String is = server.flavor().name();
    return names.isEmpty() || is.isEmpty() || names.contains(is)
        ? Optional.empty()
        : Optional.of(
            deviation("spec.forProvider.machineType", String.join(" or ", names), is, false));
  }

  private static Optional<Deviation> image(InstanceParameters wanted, Server server) {
    Optional<String> id = wanted.image().flatMap(image -> image.id());
    return id.isEmpty() || server.image().isEmpty() || id.equals(server.image())
        ? Optional.empty()
        : Optional.of(
            deviation("spec.forProvider.image.id", id.get(), server.image().get(), false));
  }

  private static Deviation deviation(
      String field, String wanted, String found, boolean correctable) {
    return new Deviation(field, wanted, found, correctable);
  }
}
