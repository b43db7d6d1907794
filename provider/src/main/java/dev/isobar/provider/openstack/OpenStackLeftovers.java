package dev.isobar.provider.openstack;

import dev.isobar.provider.external.Effect;
import dev.isobar.provider.external.Leftover;
import dev.isobar.provider.external.Leftover.Kind;
import dev.isobar.provider.external.Leftovers;
import dev.isobar.provider.external.Response;
import dev.isobar.provider.openstack.balancer.Octavia;
import dev.isobar.provider.openstack.balancer.Octavia.Balancer;
import dev.isobar.provider.openstack.identity.Dialogue;
import dev.isobar.provider.openstack.identity.Session;
import dev.isobar.provider.openstack.network.Neutron;
import dev.isobar.provider.openstack.network.Neutron.Described;
import dev.isobar.provider.openstack.rest.Deadline;
import dev.isobar.provider.openstack.rest.Trouble;
import dev.isobar.provider.openstack.volume.Cinder;
import dev.isobar.provider.openstack.volume.Cinder.Stored;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What OpenStack's cloud controller and Cinder's storage driver make for a cluster, by the words
 * they write on it (cloud-provider-openstack 1.31 to 1.36: {@code pkg/openstack/loadbalancer.go},
 * {@code loadbalancer_sg.go}, {@code pkg/csi/cinder/controllerserver.go}). What users brought along
 * themselves, a balancer or an address of their own, bears other words and is left alone.
 */
final class OpenStackLeftovers implements Leftovers {
  private static final Duration MINUTE = Duration.ofSeconds(55);
  private static final String SERVICE = "kube_service_";
  private static final String ADDRESS = "Floating IP for Kubernetes external service ";
  private static final String GROUP = "lb-sg-";
  private static final String CLUSTER_OF_VOLUME = "cinder.csi.openstack.org/cluster";

  private final Session session;
  private final InstantSource clock;

  OpenStackLeftovers(Session session, InstantSource clock) {
    this.session = session;
    this.clock = clock;
  }

  @Override
  public Response<String> account() {
    return answer(dialogue -> OpenStackMachines.account(session, dialogue));
  }

  @Override
  public Response<List<Leftover>> of(String cluster) {
    return answer(dialogue -> found(dialogue, cluster));
  }

  private <T> Response<T> answer(Function<Dialogue, T> question) {
    try {
      return Response.of(question.apply(dialogue()));
    } catch (Trouble trouble) {
      return Response.failed(trouble.failure());
    }
  }

  private static List<Leftover> found(Dialogue dialogue, String cluster) {
    String project = dialogue.project();
    List<Leftover> found = new ArrayList<>();
    // No name of a cluster or namespace has an underscore, so that none begins like another.
    String ofCluster = SERVICE + cluster + "_";
    List<Balancer> balancers = new Octavia(dialogue).named(project, SERVICE);
    balancers.stream()
        .filter(one -> one.name().startsWith(ofCluster))
        .map(one -> balancer(one, ofCluster))
        .forEach(found::add);
    Set<String> lent =
        balancers.stream()
            .filter(one -> servesOthers(one, ofCluster))
            .flatMap(one -> one.port().stream())
            .collect(Collectors.toUnmodifiableSet());
    var neutron = new Neutron(dialogue);
    neutron.addresses(project).stream()
        .filter(one -> one.description().startsWith(ADDRESS))
        .filter(one -> one.description().endsWith(" from cluster " + cluster))
        .map(one -> address(one, lent))
        .forEach(found::add);
    neutron.securityGroups(project).stream()
        .filter(one -> one.name().startsWith(GROUP))
        .filter(one -> one.description().endsWith(" in cluster " + cluster))
        .map(one -> new Leftover(Kind.SecurityGroup, one.id(), one.name(), true))
        .forEach(found::add);
    var cinder = new Cinder(dialogue);
    cinder.snapshots(CLUSTER_OF_VOLUME, cluster).stream()
        .map(one -> stored(Kind.Snapshot, one))
        .forEach(found::add);
    cinder.volumes(CLUSTER_OF_VOLUME, cluster).stream()
        .map(one -> stored(Kind.Volume, one))
        .forEach(found::add);
    return List.copyOf(found);
  }

  /**
   * Services of several clusters can use one balancer: it has the name of the first, and each
   * writes its own on it.
   */
  private static boolean servesOthers(Balancer balancer, String ofCluster) {
    return Stream.concat(Stream.of(balancer.name()), balancer.tags().stream())
        .anyMatch(word -> word.startsWith(SERVICE) && !word.startsWith(ofCluster));
  }

  private static Leftover balancer(Balancer one, String ofCluster) {
    return new Leftover(
        Kind.LoadBalancer, one.id(), one.name(), one.idle(), servesOthers(one, ofCluster));
  }

  /** Who uses the balancer that it leads to uses it, too; the cloud controller spares it then. */
  private static Leftover address(Described one, Set<String> lent) {
    boolean shared = one.at().filter(lent::contains).isPresent();
    return new Leftover(Kind.PublicAddress, one.id(), one.description(), true, shared);
  }

  private static Leftover stored(Kind kind, Stored one) {
    return new Leftover(kind, one.id(), one.name(), one.idle());
  }

  @Override
  public Effect remove(Leftover leftover) {
    Dialogue dialogue = dialogue();
    String id = leftover.id();
    try {
      switch (leftover.kind()) {
        case LoadBalancer -> new Octavia(dialogue).delete(id);
        case PublicAddress -> new Neutron(dialogue).deleteAddress(id);
        case SecurityGroup -> new Neutron(dialogue).deleteSecurityGroup(id);
        case Snapshot -> new Cinder(dialogue).deleteSnapshot(id);
        case Volume -> new Cinder(dialogue).deleteVolume(id);
      }
      return new Effect.Accepted();
    } catch (Trouble trouble) {
      return new Effect.Failed(trouble.failure());
    }
  }

  private Dialogue dialogue() {
    return session.within(Deadline.in(MINUTE, clock), List.of());
  }
}
