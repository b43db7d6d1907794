package dev.isobar.provider.openstack;

import dev.isobar.apis.compute.InstanceParameters;
import dev.isobar.apis.compute.Placement;
import dev.isobar.apis.compute.SshKeyChoice;
import dev.isobar.apis.compute.UserDataSource;
import dev.isobar.apis.compute.UserDataSource.Compression;
import dev.isobar.provider.external.CloudWords;
import dev.isobar.provider.external.Creation;
import dev.isobar.provider.external.Failure;
import dev.isobar.provider.external.Order;
import dev.isobar.provider.openstack.compute.Flavor;
import dev.isobar.provider.openstack.compute.Nova;
import dev.isobar.provider.openstack.compute.Server;
import dev.isobar.provider.openstack.identity.Dialogue;
import dev.isobar.provider.openstack.identity.Service;
import dev.isobar.provider.openstack.network.Port;
import dev.isobar.provider.openstack.rest.Trouble;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Makes a machine: first everything that may be made again without harm, then the server. */
final class Birth {
  /** With less time than this left the server is not asked for: the answer would be missed. */
  private static final Duration LEAST = Duration.ofSeconds(8);

  private final Dialogue dialogue;
  private final Lookups lookups;
  private final Nova nova;

  Birth(Dialogue dialogue, Lookups lookups) {
    this.dialogue = dialogue;
    this.lookups = lookups;
    this.nova = new Nova(dialogue);
  }

  /**
   * One try of a creation. Whatever fails before the server is asked for, no server comes of it;
   * but a port, address or key pair may, long after it was given up.
   */
  Creation create(Order order, Optional<String> userData) {
    ServerRequest request;
    try {
      Optional<Server> earlier = earlier(order);
      if (earlier.isPresent()) {
        return new Creation.Created(earlier.get().id());
      }
      request = prepared(order, userData);
    } catch (Trouble trouble) {
      if (trouble.failure() instanceof Failure.InvalidConfiguration) {
        lookups.doubt();
      }
      return dialogue.unsettled()
          ? new Creation.Abandoned(trouble.failure())
          : withoutServer(trouble.failure());
    }
    try {
      return new Creation.Created(nova.create(request.body()));
    } catch (Trouble trouble) {
      return outcome(order, trouble);
    }
  }

  /** The machine that an earlier try of this creation made. */
  private Optional<Server> earlier(Order order) {
    return nova.tagged(ServerMarks.of(order.subject().uid())).stream()
        .filter(server -> ServerMarks.bears(server, order.token()))
        .min(Comparator.comparing(Server::created).thenComparing(Server::id));
  }

  private ServerRequest prepared(Order order, Optional<String> userData) {
    InstanceParameters wanted = order.wanted();
    Wish.check(wanted);
    requireVolumes(wanted);
    Flavor flavor = lookups.flavor(dialogue, order.offer());
    String image =
        wanted
            .image()
            .map(choice -> lookups.image(dialogue, choice))
            .orElseThrow(() -> Trouble.invalid("spec.forProvider.image: an image is needed"));
    Optional<String> group =
        wanted
            .placement()
            .flatMap(Placement::group)
            .map(one -> lookups.serverGroup(dialogue, "spec.forProvider.placement.group", one));
    List<Port> ports = new Wiring(dialogue, lookups).ready(order);
    Optional<String> key = key(order); // after the names that may lead nowhere
    if (dialogue.left().compareTo(LEAST) < 0) {
      throw Trouble.silent(
          new Failure.CloudUnreachable(
              CloudWords.ours("the cloud took too long to prepare a server; it was not asked for")),
          Trouble.Effect.NONE);
    }
    return new ServerRequest(order, flavor, image, ports, group, userData, key);
  }

  /** Nova would take the request and fail later, with an error that names no field. */
  private void requireVolumes(InstanceParameters wanted) {
    Optional<String> field =
        wanted.rootDisk().isPresent()
            ? Optional.of("rootDisk")
            : wanted.disks().stream().anyMatch(disk -> !disk.local())
                ? Optional.of("disks")
                : Optional.empty();
    if (field.isPresent() && !dialogue.has(Service.VOLUME)) {
      throw Trouble.invalid(
          "spec.forProvider.%s needs volumes, and this cloud has no service for them; %s"
              .formatted(
                  field.get(), field.get().equals("disks") ? "set local: true" : "leave it out"));
    }
  }

  private Optional<String> key(Order order) {
    if (order.publicKey().isPresent()) {
      String name = ServerMarks.key(order.subject().uid());
      nova.importKey(name, new String(order.publicKey().get().bytes(), StandardCharsets.UTF_8));
      return Optional.of(name);
    }
    return order.wanted().sshKey().flatMap(SshKeyChoice::name);
  }

  /** What a failed request for a server says of the server. */
  private Creation outcome(Order order, Trouble trouble) {
    if (trouble.effect() == Trouble.Effect.UNKNOWN) {
      return new Creation.Unknown(trouble.failure());
    }
    return trouble.failure() instanceof Failure.Busy
        ? whoHasThePorts(order, trouble.failure())
        : refused(trouble.failure());
  }

  /** A port in use tells that another try of this creation was carried out. */
  private Creation whoHasThePorts(Order order, Failure failure) {
    try {
      Optional<Server> earlier = earlier(order);
      if (earlier.isPresent()) {
        return new Creation.Created(earlier.get().id());
      }
    } catch (Trouble trouble) {
      return new Creation.Unknown(trouble.failure());
    }
    return failure.words().text().contains("in use")
        ? new Creation.Unknown(failure)
        : refused(failure);
  }

  private Creation refused(Failure failure) {
    if (failure instanceof Failure.InvalidConfiguration) {
      lookups.doubt(); // a name may lead elsewhere by now
    }
    return withoutServer(failure);
  }

  /** Ports, addresses and keys stay for the next try, which may be in another project. */
  private Creation withoutServer(Failure failure) {
    return dialogue.made() ? new Creation.Halfway(failure) : new Creation.Refused(failure);
  }

  /** Data for the first start as it is sent; empty when there is none. */
  static Optional<String> userData(Order order) {
    Compression compression =
        order.wanted().userData().map(UserDataSource::compression).orElse(Compression.None);
    return order.userData().map(secret -> UserDataText.of(secret, compression));
  }
}
