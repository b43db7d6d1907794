package dev.isobar.provider.openstack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.provider.external.CloudWords;
import dev.isobar.provider.external.Effect;
import dev.isobar.provider.external.Failure;
import dev.isobar.provider.external.Leftover;
import dev.isobar.provider.external.Leftover.Kind;
import dev.isobar.provider.external.Leftovers;
import dev.isobar.provider.external.Response;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a cluster's controllers made is known by their words, and nothing else is touched. */
final class OpenStackLeftoversTest {
  private static final String CLUSTER = "eo-lab-f4bd8";
  private static final String IP =
      "Floating IP for Kubernetes external service a/b from cluster eo-lab-f4bd8";
  private static final Map<String, Object> OURS =
      Map.of("cinder.csi.openstack.org/cluster", CLUSTER);

  /** Their load balancer bears another cluster's tag, or is another cluster's. */
  private static final Leftover LENT =
      new Leftover(Kind.LoadBalancer, "lb-5", "kube_service_eo-lab-f4bd8_shared_one", true, true);

  private static final Leftover LENT_ADDRESS =
      new Leftover(Kind.PublicAddress, "ip-4", IP, true, true);
  private static final Leftover ADDRESS_OF_OTHERS =
      new Leftover(Kind.PublicAddress, "ip-5", IP, true, true);

  private final FakeOpenStack cloud = new FakeOpenStack();
  private final Leftovers leftovers = Opened.machines(cloud).leftovers();

  @BeforeEach
  void fill() {
    cloud.offerBalancers();
    cloud.offerVolumes();
    balancer("lb-1", "kube_service_eo-lab-f4bd8_ingress_traefik", "ACTIVE");
    balancer("lb-2", "kube_service_eo-lab-f4bd8_a_b", "PENDING_UPDATE");
    cloud
        .stores()
        .put(
            "loadbalancers",
            "lb-3",
            Map.of(
                "name", "kube_service_eo-lab-f4bd8-2_ingress_traefik",
                "provisioning_status", "ACTIVE",
                "vip_port_id", "vip-3"));
    balancer("lb-4", "k8s-clusterapi-cluster-eo4eu-eo-lab-f4bd8-kubeapi", "ACTIVE");
    cloud
        .stores()
        .put(
            "loadbalancers",
            "lb-5",
            Map.of(
                "name", "kube_service_eo-lab-f4bd8_shared_one",
                "provisioning_status", "ACTIVE",
                "vip_port_id", "vip-5",
                "tags", List.of("kube_service_eo-lab-f4bd8_shared_one", "kube_service_other_a_b")));
    address("ip-1", IP, "vip-1");
    address("ip-2", IP.replace("eo-lab", "my-eo-lab"), "vip-2");
    address("ip-3", "isobar-uid=3f2504e0-4f89-41d3-9a0c-0305e82c3301", "port-3");
    address("ip-4", IP, "vip-5");
    address("ip-5", IP, "vip-3");
    address("ip-6", IP, "");
    group(
        "sg-1", "lb-sg-u-a-b", "Security Group for a/b Service LoadBalancer in cluster " + CLUSTER);
    group("sg-2", "lb-sg-u-a-b", "Security Group for a/b Service LoadBalancer in cluster other");
    group("sg-3", "mine", "notes on what is in cluster " + CLUSTER);
    cloud.stores().put("snapshots", "s-1", stored("daily", "available", OURS));
    cloud.stores().put("volumes", "v-1", stored("pvc-1", "available", OURS));
    cloud.stores().put("volumes", "v-2", stored("pvc-2", "in-use", OURS));
    cloud.stores().put("volumes", "v-3", stored("pvc-3", "error_deleting", OURS));
    cloud.stores().put("volumes", "v-4", stored("data", "available", Map.of()));
    cloud
        .stores()
        .put(
            "volumes",
            "v-5",
            stored("pvc", "available", Map.of("cinder.csi.openstack.org/cluster", "other")));
  }

  @AfterEach
  void end() {
    cloud.close();
  }

  private void balancer(String id, String name, String status) {
    cloud.stores().put("loadbalancers", id, Map.of("name", name, "provisioning_status", status));
  }

  private void address(String id, String description, String port) {
    cloud
        .neutron()
        .put(
            "floatingips",
            id,
            Map.of("description", description, "project_id", "project-1", "port_id", port));
  }

  private void group(String id, String name, String description) {
    cloud
        .neutron()
        .put(
            "security-groups",
            id,
            Map.of("name", name, "description", description, "project_id", "project-1"));
  }

  private static Map<String, Object> stored(
      String name, String status, Map<String, Object> metadata) {
    return Map.of("name", name, "status", status, "metadata", metadata);
  }

  private static Leftover thing(Kind kind, String id, String name, boolean settled) {
    return new Leftover(kind, id, name, settled);
  }

  @Test
  void allOfTheClusterIsFoundAndNothingOfOthers() {
    assertThat(leftovers.of(CLUSTER))
        .isEqualTo(
            Response.of(
                List.of(
                    thing(
                        Kind.LoadBalancer,
                        "lb-1",
                        "kube_service_eo-lab-f4bd8_ingress_traefik",
                        true),
                    thing(Kind.LoadBalancer, "lb-2", "kube_service_eo-lab-f4bd8_a_b", false),
                    LENT,
                    thing(Kind.PublicAddress, "ip-1", IP, true),
                    LENT_ADDRESS,
                    ADDRESS_OF_OTHERS,
                    thing(Kind.PublicAddress, "ip-6", IP, true),
                    thing(Kind.SecurityGroup, "sg-1", "lb-sg-u-a-b", true),
                    thing(Kind.Snapshot, "s-1", "daily", true),
                    thing(Kind.Volume, "v-1", "pvc-1", true),
                    thing(Kind.Volume, "v-2", "pvc-2", false),
                    thing(Kind.Volume, "v-3", "pvc-3", true))));
  }

  @Test
  void aCloudWithoutBalancersAndVolumesHasWhatNeutronHas() {
    var plain = new FakeOpenStack();
    plain
        .neutron()
        .put(
            "security-groups",
            "sg-1",
            Map.of(
                "name", "lb-sg-u-a-b",
                "description", "Security Group for a/b Service LoadBalancer in cluster " + CLUSTER,
                "project_id", "project-1"));
    assertThat(Opened.machines(plain).leftovers().of(CLUSTER))
        .isEqualTo(Response.of(List.of(thing(Kind.SecurityGroup, "sg-1", "lb-sg-u-a-b", true))));
    plain.close();
  }

  @Test
  void eachKindIsRemovedWhereItIsAndTwiceIsLikeOnce() {
    var all = ((Response.Answered<List<Leftover>>) leftovers.of(CLUSTER)).value();
    List<Leftover> alone = all.stream().filter(one -> !one.shared()).toList();
    for (int twice = 0; twice < 2; twice++) {
      alone.forEach(one -> assertThat(leftovers.remove(one)).isEqualTo(new Effect.Accepted()));
    }
    assertThat(leftovers.of(CLUSTER))
        .isEqualTo(Response.of(List.of(LENT, LENT_ADDRESS, ADDRESS_OF_OTHERS)));
    assertThat(cloud.stores().all("loadbalancers")).containsExactly("lb-3", "lb-4", "lb-5");
    assertThat(cloud.stores().all("volumes")).containsExactly("v-4", "v-5");
    assertThat(cloud.neutron().all("floatingips"))
        .extracting(one -> one.get("id"))
        .containsExactly("ip-2", "ip-3", "ip-4", "ip-5");
    assertThat(cloud.neutron().all("security-groups")).hasSize(4);
    assertThat(cloud.requests())
        .contains("DELETE /balance/v2/lbaas/loadbalancers/lb-1")
        .contains("DELETE /volume/v3/project-1/snapshots/s-1");
  }

  @Test
  void theirAccountIsThatOfMachines() {
    assertThat(leftovers.account()).isEqualTo(Response.of("OpenStack/RegionOne/project-1"));
  }

  @Test
  void aListThatDoesNotComeWholeIsNone() {
    cloud.order(
        "GET /volume/v3/project-1/volumes/detail",
        FakeOpenStack.Reply.of(503, Map.of("message", "down")));
    assertThat(leftovers.of(CLUSTER)).isInstanceOf(Response.Failed.class);
  }

  @Test
  void aBalancerInTheMiddleOfSomethingIsBusy() {
    cloud.order(
        "DELETE /balance/v2/lbaas/loadbalancers/lb-1",
        FakeOpenStack.Reply.of(
            409, Map.of("faultstring", "Load Balancer lb-1 is immutable and cannot be updated.")));
    Effect effect = leftovers.remove(thing(Kind.LoadBalancer, "lb-1", "", true));
    assertThat(effect)
        .isEqualTo(
            new Effect.Failed(
                new Failure.Busy(
                    CloudWords.ours("Load Balancer lb-1 is immutable and cannot be updated."))));
  }
}
