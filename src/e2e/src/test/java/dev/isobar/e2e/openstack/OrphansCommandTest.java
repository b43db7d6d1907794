package dev.isobar.e2e.openstack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.apis.compute.InstanceObservation.State;
import dev.isobar.e2e.plane.Alone;
import dev.isobar.e2e.plane.OnControlPlane;
import dev.isobar.e2e.plane.Planes;
import dev.isobar.e2e.provider.CloudAccess;
import dev.isobar.e2e.provider.OrphansRun;
import dev.isobar.provider.external.Belonging;
import dev.isobar.provider.external.Creation;
import dev.isobar.provider.external.CreationToken;
import dev.isobar.provider.external.Effect;
import dev.isobar.provider.external.Machines;
import dev.isobar.provider.external.ObservedMachine;
import dev.isobar.provider.external.Offer;
import dev.isobar.provider.external.Order;
import dev.isobar.provider.external.Response;
import dev.isobar.provider.external.Subject;
import dev.isobar.provider.external.Wishes;
import dev.isobar.testbed.kubernetes.Kind;
import dev.isobar.testbed.kubernetes.Kubernetes;
import dev.isobar.testbed.kubernetes.Reference;
import dev.isobar.testbed.plane.ControlPlane;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;

/** {@code isobar orphans} in a management cluster without Instances, and an account with some. */
@OnControlPlane
@OnOpenStack
@ResourceLock(Alone.OPENSTACK)
@ResourceLock(Alone.EMPTY)
final class OrphansCommandTest {
  private static final Reference CONFIG =
      new Kind("compute.isobar.dev/v1alpha1", "ProviderConfig").named("search", "lab");

  private final ControlPlane plane = Planes.empty();
  private final Kubernetes kubernetes = plane.kubernetes();
  private final Machines machines = Lab.machines();
  private final List<Subject> made = new ArrayList<>();

  @AfterEach
  void end() {
    for (Subject subject : made) {
      seen(subject)
          .forEach(one ->
              assertThat(machines.delete(subject, one.id())).isEqualTo(new Effect.Accepted()));
      Lab.await("no machine is left", () -> seen(subject), List::isEmpty);
      assertThat(machines.release(subject)).isEqualTo(Response.of(List.of()));
    }
    kubernetes.delete(CONFIG);
  }

  private OrphansRun orphans(String... more) {
    return OrphansRun.on(plane, more);
  }

  private void config(String cloudsYaml) {
    kubernetes.makeNamespace("search", Map.of());
    var _ = CloudAccess.openStack(cloudsYaml, "lab").config(kubernetes, "search", "lab");
  }

  private String machine(String name, String installation) {
    String uid = UUID.randomUUID().toString();
    var subject =
        new Subject(
            uid,
            "search",
            name,
            Optional.empty(),
            Map.of(
                Subject.UID_TAG, uid,
                Subject.INSTALLATION_TAG, installation,
                Subject.NAMESPACE_TAG, "search",
                Subject.NAME_TAG, name));
    made.add(subject);
    var order =
        new Order(
            subject,
            CreationToken.of(uid, 1),
            new Offer("m1.tiny", Optional.empty()),
            Wishes.machine("m1.tiny", Lab.cloud().id("image")),
            Optional.empty(),
            Optional.empty());
    if (!(machines.create(order) instanceof Creation.Created(var id))) {
      throw new AssertionError("no machine " + name);
    }
    Lab.await("it runs", () -> seen(subject).getFirst().state(), State.Running::equals);
    return id;
  }

  private List<ObservedMachine> seen(Subject subject) {
    return switch (machines.observe(subject)) {
      case Response.Answered<List<ObservedMachine>>(var all) -> all;
      case Response.Failed<List<ObservedMachine>>(var failure) -> throw new AssertionError(failure);
    };
  }

  private List<Belonging> ports() {
    return switch (machines.belongings()) {
      case Response.Answered<List<Belonging>>(var all) -> all;
      case Response.Failed<List<Belonging>>(var failure) -> throw new AssertionError(failure);
    };
  }

  @Test
  void itListsWhatHasNoInstanceAndDeletesNothing() {
    String installation =
        kubernetes
            .get(Kind.CUSTOM_RESOURCE_DEFINITION.named("instances.compute.isobar.dev"))
            .at("metadata", "uid")
            .text()
            .orElseThrow();
    config(Lab.cloud().cloudsYaml());
    assertThat(orphans()).isEqualTo(new OrphansRun(0, "", "no orphans\n"));

    String ours = machine("gone", installation);
    String theirs = machine("elsewhere", "another");
    String port =
        ports().stream()
            .filter(one -> one.machine().equals(Optional.of(ours)))
            .map(Belonging::id)
            .findFirst()
            .orElseThrow();
    OrphansRun found = orphans();
    assertThat(found.code()).as(found.err()).isEqualTo(1);
    assertThat(found.out().lines().map(line -> line.replaceAll(" {3,}", "|")))
        .hasSize(3)
        .startsWith("KIND|ID|INSTANCE|SINCE|CONFIG")
        .anyMatch(line ->
            line.matches("machine\\|" + ours + "\\|search/gone\\|.*ProviderConfig search/lab"))
        .anyMatch(line -> line.matches("port\\|" + port + "\\|search/gone\\|.*"));
    assertThat(found.err())
        .isEqualTo("1 of the machines are another management cluster's; --all judges them too\n");
    assertThat(orphans("--all", "-o", "json").out()).contains(ours, theirs, port);
    assertThat(seen(made.getFirst())).hasSize(1);
    assertThat(ports()).extracting(Belonging::id).contains(port);

    assertThat(orphans("--context", "none").code()).isEqualTo(2);
    config(Lab.cloud().cloudsYaml().replace("password: lab", "password: wrong"));
    OrphansRun refused = orphans();
    assertThat(refused.code()).isEqualTo(3);
    assertThat(refused.err())
        .startsWith("failed: ProviderConfig search/lab: AuthenticationFailed:");
  }
}
