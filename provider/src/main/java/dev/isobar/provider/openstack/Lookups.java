package dev.isobar.provider.openstack;

import dev.isobar.apis.compute.CloudObject;
import dev.isobar.apis.compute.ImageChoice;
import dev.isobar.provider.external.Offer;
import dev.isobar.provider.openstack.compute.Flavor;
import dev.isobar.provider.openstack.compute.Nova;
import dev.isobar.provider.openstack.identity.Dialogue;
import dev.isobar.provider.openstack.image.Glance;
import dev.isobar.provider.openstack.network.Neutron;
import dev.isobar.provider.openstack.network.Neutron.SecurityGroup;
import dev.isobar.provider.openstack.network.Neutron.Subnet;
import dev.isobar.provider.openstack.rest.Trouble;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** Ids by name, remembered for a while. A name that is not there, or not alone, is a mistake. */
final class Lookups {
  private static final Duration LIFE = Duration.ofMinutes(5);

  private final Remembered<String> ids;
  private final Remembered<Subnet> subnets;
  private final Remembered<List<Flavor>> flavors;
  private final Remembered<List<SecurityGroup>> securityGroups;

  Lookups(InstantSource clock) {
    ids = new Remembered<>(clock, LIFE);
    subnets = new Remembered<>(clock, LIFE);
    flavors = new Remembered<>(clock, LIFE);
    securityGroups = new Remembered<>(clock, LIFE);
  }

  /** What was remembered may be what was wrong. */
  void doubt() {
    ids.doubt();
    subnets.doubt();
    flavors.doubt();
    securityGroups.doubt();
  }

  List<Flavor> flavors(Dialogue dialogue) {
    return flavors.get("", () -> new Nova(dialogue).flavors());
  }

  /** The flavor of an offer; a new one may have come since the list was fetched. */
  Flavor flavor(Dialogue dialogue, Offer offer) {
    return named(flavors(dialogue), offer)
        .or(() -> {
          flavors.doubt();
          return named(flavors(dialogue), offer);
        })
        .orElseThrow(() ->
            Trouble.notThisOffer(
                "the cloud has no machine type " + offer.machineType() + " for this project"));
  }

  private static Optional<Flavor> named(List<Flavor> flavors, Offer offer) {
    return flavors.stream().filter(one -> one.name().equals(offer.machineType())).findFirst();
  }

  String image(Dialogue dialogue, ImageChoice choice) {
    String path = "spec.forProvider.image.selector";
    return choice
        .id()
        .or(() ->
            choice
                .selector()
                .map(selector ->
                    ids.get(path + selector, () -> new Glance(dialogue).select(path, selector))))
        .orElseThrow(() -> Trouble.invalid("spec.forProvider.image: an image is needed"));
  }

  String network(Dialogue dialogue, String path, CloudObject network) {
    return id(path, network, "network", name -> new Neutron(dialogue).networks(name));
  }

  String serverGroup(Dialogue dialogue, String path, CloudObject group) {
    return id(path, group, "server group", name -> new Nova(dialogue).serverGroups(name));
  }

  /** The network of a machine whose spec names none: the only one there is. */
  String onlyNetwork(Dialogue dialogue) {
    return onlyNetwork(
        dialogue,
        false,
        "spec.forProvider.networkInterfaces names no network, and the project has %s; name one");
  }

  /** The network of a public address whose pool is not named. */
  String onlyExternalNetwork(Dialogue dialogue, String path) {
    return onlyNetwork(
        dialogue, true, path + ".pool names no external network, and the cloud has %s; name one");
  }

  private String onlyNetwork(Dialogue dialogue, boolean external, String otherwise) {
    return ids.get(
        "only " + external,
        () -> {
          List<String> networks = new Neutron(dialogue).networks(external);
          if (networks.size() != 1) {
            throw Trouble.invalid(
                otherwise.formatted(networks.isEmpty() ? "none" : networks.size() + " of them"));
          }
          return networks.getFirst();
        });
  }

  Subnet subnet(Dialogue dialogue, String path, CloudObject subnet) {
    Neutron neutron = new Neutron(dialogue);
    return subnets.get(
        subnet.toString(),
        () ->
            subnet
                .id()
                .map(id -> neutron.subnet(id).orElseThrow(() -> nothing(path, "subnet", id)))
                .orElseGet(() -> {
                  String name = subnet.name().orElse("");
                  return only(path, "subnet", name, neutron.subnets(name));
                }));
  }

  /**
   * A security group of the project; one of another project that is shared has to be named by id.
   */
  SecurityGroup securityGroup(Dialogue dialogue, String path, CloudObject group) {
    if (group.id().isPresent()) {
      String id = group.id().get();
      return securityGroups(dialogue).stream()
          .filter(one -> one.id().equals(id))
          .findFirst()
          .orElseGet(() -> new SecurityGroup(id, "", ""));
    }
    String name = group.name().orElse("");
    return only(path, "security group", name, matching(dialogue, name));
  }

  private List<SecurityGroup> matching(Dialogue dialogue, String name) {
    Supplier<List<SecurityGroup>> look =
        () -> securityGroups(dialogue).stream().filter(one -> one.name().equals(name)).toList();
    List<SecurityGroup> found = look.get();
    if (found.isEmpty()) {
      securityGroups.doubt();
      found = look.get();
    }
    return found;
  }

  private List<SecurityGroup> securityGroups(Dialogue dialogue) {
    return securityGroups.get("", () -> new Neutron(dialogue).securityGroups(dialogue.project()));
  }

  private String id(
      String path, CloudObject object, String kind, Function<String, List<String>> byName) {
    return object
        .id()
        .orElseGet(() -> {
          String name = object.name().orElse("");
          return ids.get(kind + " " + name, () -> only(path, kind, name, byName.apply(name)));
        });
  }

  private static <T> T only(String path, String kind, String name, List<T> found) {
    if (found.isEmpty()) {
      throw nothing(path, kind, name);
    }
    if (found.size() > 1) {
      throw Trouble.invalid(
          "%s: the cloud has %d of %s %s; name it by id".formatted(path, found.size(), kind, name));
    }
    return found.getFirst();
  }

  private static Trouble nothing(String path, String kind, String name) {
    return Trouble.invalid("%s: the cloud has no %s %s".formatted(path, kind, name));
  }
}
