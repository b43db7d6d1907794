package dev.isobar.provider.kube.clusterapi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.apis.compute.UserDataSource.Compression;
import dev.isobar.provider.clusterapi.OwnerCluster;
import dev.isobar.provider.clusterapi.Surroundings;
import dev.isobar.provider.decide.ObjectKey;
import dev.isobar.provider.kube.api.FakeKubernetes;
import dev.isobar.provider.kube.api.KubernetesKind;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SurveyorTest {
  private static final String NAMESPACE = "eo4eu";
  private static final String GROUP = "infrastructure.cluster.x-k8s.io";
  private static final KubernetesKind OPENSTACK =
      new KubernetesKind(GROUP, "v1beta1", "OpenStackCluster", "openstackclusters", true);
  private static final OwnerCluster CLUSTER =
      new OwnerCluster(
          false,
          true,
          Optional.of(new OwnerCluster.Reference(GROUP, "OpenStackCluster", "lab")),
          Optional.empty());

  private FakeKubernetes kubernetes;
  private Surveyor surveyor;

  @BeforeEach
  void start(@TempDir Path folder) {
    kubernetes = new FakeKubernetes(folder);
    surveyor = new Surveyor(kubernetes.cluster().objects());
  }

  @AfterEach
  void end() {
    kubernetes.close();
  }

  private void infrastructure(Map<String, String> annotations, Map<String, Object> status) {
    kubernetes.put(
        OPENSTACK,
        new ObjectKey(NAMESPACE, "lab"),
        Map.of("metadata", Map.of("annotations", annotations), "spec", Map.of(), "status", status));
  }

  private String missing() {
    return surveyor.look(NAMESPACE, CLUSTER, List.of())
            instanceof Surroundings.Look.Missing(var what)
        ? what
        : "nothing";
  }

  /** The contract: Cluster API's provider leaves it alone, and others write the same status. */
  @Test
  void whatOthersManageIsWaitedForByItsStatusAsWell() {
    assertThat(missing()).isEqualTo("OpenStackCluster lab");
    infrastructure(Map.of(), Map.of());
    assertThat(missing())
        .isEqualTo("status.network of the OpenStackCluster, which Cluster API's provider writes");
    Map<String, String> managed = Map.of("cluster.x-k8s.io/managed-by", "terraform");
    infrastructure(managed, Map.of());
    assertThat(missing())
        .isEqualTo(
            "status.network of the OpenStackCluster, which whoever manages that (annotation"
                + " cluster.x-k8s.io/managed-by: \"terraform\") writes");
    infrastructure(managed, Map.of("network", Map.of("id", "n-1")));
    assertThat(missing()).isEqualTo("nothing");
  }

  /** It must not be made in just any network because its own was not looked for. */
  @ParameterizedTest
  @CsvSource({
    "infrastructure.cluster.x-k8s.io, OpenStackCluster, OpenStackCluster lab, CAPO",
    "infrastructure.cluster.x-k8s.io, AWSCluster, AWSCluster lab, CAPA",
    "infrastructure.cluster.x-k8s.io, AWSManagedCluster, AWSManagedControlPlane lab-cp, EKS",
    "controlplane.cluster.x-k8s.io, AWSManagedControlPlane, AWSManagedControlPlane lab-cp, EKS too",
    "lab.example.org, OpenStackCluster, nothing, a kind of the same name that is another",
    "infrastructure.cluster.x-k8s.io, MetalCluster, nothing, no network of clouds that are known"
  })
  void theNetworkIsLookedForWhereTheClusterHasIt(
      String group, String kind, String missing, String why) {
    var cluster =
        new OwnerCluster(
            false,
            true,
            Optional.of(new OwnerCluster.Reference(group, kind, "lab")),
            Optional.of(
                new OwnerCluster.Reference(
                    "controlplane.cluster.x-k8s.io", "AWSManagedControlPlane", "lab-cp")));
    Surroundings.Look look = surveyor.look(NAMESPACE, cluster, List.of());
    assertThat(look instanceof Surroundings.Look.Missing(var what) ? what : "nothing")
        .as(why)
        .isEqualTo(missing);
  }

  /** Whoever waits would wait for ever. */
  @ParameterizedTest
  @CsvSource({
    "403, refused by the test (platform team: apply package/capi-bridge of this release), an older"
        + " role is installed",
    "500, refused by the test, what converts it fails"
  })
  void whatCannotBeReadIsNotCalledAbsent(int status, String problem, String why) {
    infrastructure(Map.of(), Map.of("network", Map.of("id", "n-1")));
    assertThat(missing()).isEqualTo("nothing");
    kubernetes.refuse("GET openstackclusters .*", status);
    assertThat(missing())
        .as(why)
        .isEqualTo("OpenStackCluster lab, which cannot be read: " + problem);
  }

  @ParameterizedTest
  @CsvSource({
    "cloud-config, '#cloud-config', Gzip, the bootstrap provider says so",
    "ignition, '{}', None, Ignition unpacks nothing",
    "ignition, '#cloud-config', None, what is said counts for more than how it looks",
    "'', '#cloud-config', Gzip, the contract asks for no format and it looks like one",
    "'', '## template: jinja', Gzip, so does a template of cloud-init",
    "'', '#!/bin/bash', None, a script may be run by something else",
    "'', 'MIME-Version: 1.0', None, nodeadm reads that of EKS itself",
    "'', '', None, there is nothing to compress"
  })
  void onlyWhatCloudInitReadsIsCompressed(
      String format, String value, Compression compression, String why) {
    Map<String, Object> data = new TreeMap<>();
    data.put("value", encoded(value));
    if (!format.isEmpty()) {
      data.put("format", encoded(format));
    }
    kubernetes.put(KubernetesKind.SECRET, new ObjectKey(NAMESPACE, "boot"), Map.of("data", data));
    assertThat(surveyor.compression(NAMESPACE, "boot")).as(why).contains(compression);
  }

  @Test
  void ofWhatCannotBeReadNobodyKnows() {
    assertThat(surveyor.compression(NAMESPACE, "gone")).isEmpty();
  }

  private static String encoded(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }
}
