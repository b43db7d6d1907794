package dev.isobar.e2e.openstack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.e2e.plane.Alone;
import dev.isobar.provider.external.Effect;
import dev.isobar.provider.external.Leftover;
import dev.isobar.provider.external.Leftovers;
import dev.isobar.provider.external.Response;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;

/** Addresses and security groups of a cluster on the real Neutron; no Octavia and no Cinder. */
@ResourceLock(Alone.OPENSTACK)
@OnOpenStack
final class OpenStackTeardownTest {
  private static final String CLUSTER = "eo-lab-f4bd8";
  private static final String OF_SERVICE =
      "Security Group for a/b Service LoadBalancer in cluster ";

  private final Leftovers leftovers = Lab.machines().leftovers();

  private List<Leftover> found(String cluster) {
    return switch (leftovers.of(cluster)) {
      case Response.Answered<List<Leftover>>(var all) -> all;
      case Response.Failed<List<Leftover>>(var failure) -> throw new AssertionError(failure);
    };
  }

  @Test
  void whatIsOfTheClusterIsFoundAndRemoved() {
    try (var operator = new Operator(Lab.cloud())) {
      String project = Lab.cloud().id("project");
      String address =
          operator.address(
              project, "Floating IP for Kubernetes external service a/b from cluster " + CLUSTER);
      String group = operator.securityGroup(project, "lb-sg-u-a-b", OF_SERVICE + CLUSTER);
      var _ = operator.securityGroup(project, "lb-sg-u-a-b", OF_SERVICE + "another");
      List<Leftover> all = found(CLUSTER);
      assertThat(all.stream().map(Leftover::id)).containsExactly(address, group);
      Stream.concat(all.stream(), all.stream())
          .forEach(one -> assertThat(leftovers.remove(one)).isEqualTo(new Effect.Accepted()));
      assertThat(found(CLUSTER)).isEmpty();
      List<Leftover> theirs = found("another");
      assertThat(theirs).hasSize(1);
      assertThat(leftovers.remove(theirs.getFirst())).isEqualTo(new Effect.Accepted());
    }
  }

  /** The calls are those of Cluster API's OpenStack provider, which tries again until they do. */
  @Test
  void networkGoesOnceTheAddressHas() {
    try (var operator = new Operator(Lab.cloud())) {
      String project = Lab.cloud().id("project");
      Operator.Routed routed = operator.routed(project);
      String address =
          operator.address(
              project,
              "Floating IP for Kubernetes external service a/c from cluster " + CLUSTER,
              routed.port());
      assertThat(operator.takesRouterOff(routed))
          .as("while the address leads through it")
          .isEqualTo(409);
      List<Leftover> all = found(CLUSTER);
      assertThat(all.stream().map(Leftover::id)).containsExactly(address);
      assertThat(leftovers.remove(all.getFirst())).isEqualTo(new Effect.Accepted());
      assertThat(operator.takesRouterOff(routed)).as("once it is gone").isEqualTo(200);
      operator.removes(routed);
    }
  }
}
