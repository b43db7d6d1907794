package dev.isobar.function.compose;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.apis.tree.Tree;
import dev.isobar.function.contract.Answer;
import dev.isobar.function.contract.Request;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a claim cannot have, said in one sentence: where, what is wrong, what to do instead. */
final class ClaimRefusalsTest {
  record Row(String reason, String claim, String cloud, String sentence) {}

  static Stream<Row> clouds() {
    return Stream.of(
        new Row(
            "no managed control plane",
            "controlPlane: {kind: Managed}",
            "{}",
            "spec.controlPlane.kind: Cloud wekeo is of provider OpenStack, which has no managed"
                + " control plane; set it to Kubeadm"),
        new Row(
            "the identity of another provider",
            "{}",
            "clusterApi: {identityRef: {kind: AWSClusterRoleIdentity}}",
            "Cloud wekeo: spec.clusterApi.identityRef.kind: AWSClusterRoleIdentity does not belong"
                + " to OpenStack; the platform team must set it to OpenStackClusterIdentity or"
                + " Secret"),
        new Row(
            "a namespace that may not use the Cloud",
            "{}",
            "allowedNamespaces: {matchLabels: {team: other}}",
            "spec.cloud: Cloud wekeo may not be used from namespace eo4eu; choose another Cloud, or"
                + " ask the platform team to allow the namespace in spec.allowedNamespaces of the"
                + " Cloud"),
        new Row(
            "a Cloud with a typing error",
            "{}",
            "sshkey: x",
            "Cloud wekeo: spec.sshkey: there is no such field; did you mean sshKey?"),
        new Row(
            "an external network whose id is none",
            "{}",
            "network: {externalNetwork: {name: null, id: vpc-1}}",
            "Cloud wekeo: spec.network.externalNetwork.id: \"vpc-1\" is no id of OpenStack; write"
                + " the UUID that `openstack network list` and its like show, or the name instead"),
        new Row(
            "an image whose id is none",
            "{}",
            "images: [{kubernetes: 1.35.2, id: ami-1}]",
            "Cloud wekeo: spec.images: image \"ami-1\" for Kubernetes 1.35.2 is no id of OpenStack;"
                + " the platform team must write the UUID that `openstack image list` shows, or the"
                + " name instead"));
  }

  static Stream<Row> controlPlanes() {
    return Stream.of(
        new Row(
            "no machine type",
            "controlPlane: {machineType: null, replicas: 3}",
            "{}",
            "spec.controlPlane.machineType: is missing; name a machine type of Cloud wekeo"),
        new Row(
            "a type that does not exist",
            "controlPlane: {machineType: m1.larg}",
            "{}",
            "spec.controlPlane.machineType: Cloud wekeo has no machine type \"m1.larg\"; did you"
                + " mean m1.large?"),
        new Row(
            "a Cloud that knows no types at all",
            "{}",
            "machineTypes: null",
            "spec.controlPlane.machineType: Cloud wekeo has no machine type \"m1.large\"; the"
                + " platform team must list machine types in spec.machineTypes of the Cloud, or let"
                + " them be discovered"),
        new Row(
            "no disk",
            "controlPlane: {machineType: m1.diskless}",
            "{}",
            "spec.controlPlane.rootDisk: is missing, and machine type m1.diskless brings no disk of"
                + " its own; set it, for example to {size: 50Gi}"),
        new Row(
            "a disk of nothing",
            "controlPlane: {rootDisk: {size: 0Gi}}",
            "{}",
            "spec.controlPlane.rootDisk.size: 0Gi is no size of a disk; set it to 1Gi up to 64Ti"),
        new Row(
            "no majority",
            "controlPlane: {replicas: 4}",
            "{}",
            "spec.controlPlane.replicas: 4 is even, and etcd needs a majority: 4 survive no more"
                + " losses than 3; set it to 5 or 3"),
        new Row(
            "several without a balancer",
            "{}",
            "network: {loadBalancer: None}",
            "spec.controlPlane.replicas: 3 control plane machines need a load balancer, and there"
                + " is none; set it to 1, or spec.network.api.loadBalancer to OVN or Amphora if the"
                + " cloud has Octavia"),
        new Row(
            "a zone that does not exist",
            "controlPlane: {zones: [az1, az3]}",
            "{}",
            "spec.controlPlane.zones[1]: Cloud wekeo has no zone \"az3\"; did you mean az1?"),
        new Row(
            "a flag of ours",
            "controlPlane: {apiServerFlags: {oidc-issuer-url: x}}",
            "{}",
            "spec.controlPlane.apiServerFlags[oidc-issuer-url]: is set by Isobar; remove it and use"
                + " spec.security.oidc"),
        new Row(
            "no flag",
            "controlPlane: {apiServerFlags: {--v: '4'}}",
            "{}",
            "spec.controlPlane.apiServerFlags[--v]: is not the name of a flag; write it as"
                + " kube-apiserver's help does, without leading dashes"),
        new Row(
            "elections in too much of a hurry",
            "controlPlane: {etcd: {electionMillis: 1000}}",
            "{}",
            "spec.controlPlane.etcd.electionMillis: 1000 is less than five heartbeats of 500 ms,"
                + " which etcd refuses; set it to at least 2500"),
        new Row(
            "no CPU for the system",
            "nodes: {kubelet: {exclusiveCpus: true}}",
            "{}",
            "spec.nodes.kubelet.reservedCpu: is missing, and exclusiveCpus needs CPU kept for the"
                + " system; set it, for example to 1"));
  }

  static Stream<Row> networks() {
    return Stream.of(
        new Row(
            "pods in services",
            "network: {serviceCidr: 172.16.0.0/16}",
            "{}",
            "spec.network.serviceCidr: 172.16.0.0/16 overlaps podCidr 172.16.0.0/13; choose ranges"
                + " that share no address, for example 10.0.0.0/16"),
        new Row(
            "pods for too few nodes",
            "{network: {podCidr: 192.168.0.0/22}, pools: [{name: a, machineType: m1.large,"
                + " replicas: 9}]}",
            "{}",
            "spec.network.podCidr: 192.168.0.0/22 holds pods of 4 nodes, and the cluster may grow"
                + " to 14; choose a range of at least /20"),
        new Row(
            "services too wide",
            "network: {serviceCidr: 11.32.0.0/11}",
            "{}",
            "spec.network.serviceCidr: 11.32.0.0/11 is wider than the Kubernetes API takes; choose"
                + " a range of /12 or narrower"),
        new Row(
            "services too few",
            "network: {serviceCidr: 192.168.0.0/29}",
            "{}",
            "spec.network.serviceCidr: 192.168.0.0/29 holds too few services; choose a range of /28"
                + " or wider"),
        new Row(
            "addresses for too few nodes",
            "{network: {nodeCidr: 192.168.0.0/28}, pools: [{name: a, machineType: m1.large,"
                + " autoscale: {min: 0, max: 9}}]}",
            "{}",
            "spec.network.nodeCidr: 192.168.0.0/28 holds 8 nodes, and the cluster may grow to 14;"
                + " choose a range of at least /27"),
        new Row(
            "ranges for the API without a balancer",
            "{controlPlane: {replicas: 1}, network: {api: {loadBalancer: None, allowedCidrs:"
                + " [192.0.2.0/24]}}}",
            "{}",
            "spec.network.api.allowedCidrs: needs a load balancer, and there is none; remove it, or"
                + " set spec.network.api.loadBalancer to Amphora if the cloud has it"),
        new Row(
            "ranges that OVN would not enforce",
            "network: {api: {allowedCidrs: [192.0.2.0/24]}}",
            "{}",
            "spec.network.api.allowedCidrs: would close nothing: OVN's load balancer cannot keep"
                + " addresses out, and the provider's security groups open the API to all; remove"
                + " it, make a cluster with spec.network.api.loadBalancer Amphora if the cloud has"
                + " it, or one with publicAddress: false, which only the network of its nodes"
                + " reaches"),
        new Row(
            "an API without any address",
            "{controlPlane: {replicas: 1}, network: {api: {loadBalancer: None, publicAddress:"
                + " false}}}",
            "{}",
            "spec.network.api.publicAddress: is false, and without a load balancer there is no"
                + " other address for the API; set it to true, or spec.network.api.loadBalancer to"
                + " OVN or Amphora if the cloud has Octavia"),
        new Row(
            "a public address that shall not be",
            "network: {api: {address: 192.0.2.1, publicAddress: false}}",
            "{}",
            "spec.network.api.address: contradicts publicAddress: false; remove it, or set"
                + " publicAddress to true"),
        new Row(
            "a network whose id is none",
            "network: {existing: {network: {id: net-1}}}",
            "{}",
            "spec.network.existing.network.id: \"net-1\" is no id of OpenStack; write the UUID that"
                + " `openstack network list` and its like show, or the name instead"));
  }

  static Stream<Row> addons() {
    return Stream.of(
        new Row(
            "a name of ours",
            "addons: {extra: [{name: cni, manifests: '{apiVersion: v1, kind: X, metadata: {name:"
                + " x}}'}]}",
            "{}",
            "spec.addons.extra[0].name: cni is the name of an add-on of Isobar; choose another"
                + " name"),
        new Row(
            "a dependency that does not exist",
            "addons: {extra: [{name: a, manifests: '{apiVersion: v1, kind: X, metadata: {name:"
                + " x}}', dependsOn: [volume]}]}",
            "{}",
            "spec.addons.extra[0].dependsOn[0]: there is no add-on \"volume\"; did you mean"
                + " volumes?"),
        new Row(
            "a dependency that is not installed would be waited for for ever",
            "addons: {extra: [{name: a, manifests: '{apiVersion: v1, kind: X, metadata: {name:"
                + " x}}', dependsOn: [cert-manager]}]}",
            "{}",
            "spec.addons.extra[0].dependsOn[0]: add-on cert-manager is not installed in this"
                + " cluster; switch it on, or remove the dependency"),
        new Row(
            "itself",
            "addons: {extra: [{name: a, manifests: '{apiVersion: v1, kind: X, metadata: {name:"
                + " x}}', dependsOn: [a]}]}",
            "{}",
            "spec.addons.extra[0].dependsOn: a waits for itself, directly or through others; remove"
                + " one of the dependencies in the circle"));
  }

  @ParameterizedTest
  @MethodSource({"clouds", "controlPlanes", "networks", "addons"})
  void isRefused(Row row) {
    assertThat(ManagementCluster.with(row.claim).cloud(row.cloud).refusals())
        .as(row.reason)
        .containsExactly(row.sentence);
  }

  @Test
  void allMistakesAreToldAtOnce() {
    assertThat(
            ManagementCluster.with(
                    """
                    controlPlane: {machineType: x, replicas: 2}
                    network: {serviceCidr: 192.168.0.0/29}
                    addons: {extra: [{name: a, manifests: '{apiVersion: v1, kind: X, metadata: {name: x}}', dependsOn: [b]}, {name: b, manifests: '{apiVersion: v1, kind: X, metadata: {name: x}}', dependsOn: [a]}]}
                    """)
                .refusals())
        .hasSize(5);
  }

  @Test
  void aCompositeWithoutClaimIsRefused() {
    var composite = Tree.of(Map.of("spec", Manifest.of(ManagementCluster.CLAIM)));
    var request = new Request(composite, new TreeMap<>(), Map.of(), Tree.absent());
    assertThat(new PlatformClusterComposition().compose(request))
        .isInstanceOfSatisfying(
            Answer.Rejected.class,
            rejected ->
                assertThat(rejected.mistakes().getFirst().sentence())
                    .isEqualTo(
                        "metadata.namespace: the composite is cluster-scoped and bound to no claim,"
                            + " so there is no namespace for its objects; delete it and make a"
                            + " PlatformCluster in your namespace instead"));
  }

  static Stream<Row> settings() {
    return Stream.of(
        new Row(
            "another kind",
            "",
            "kind: Setting",
            "settings.kind: is \"Setting\"; set it to Settings"),
        new Row(
            "another version",
            "",
            "apiVersion: v1",
            "settings.apiVersion: is \"v1\"; set it to isobar.fn.crossplane.io/v1alpha1"),
        new Row("no kind", "", "kind: null", "settings.kind: is missing; set it to Settings"),
        new Row(
            "an add-on that does not exist",
            "",
            "charts: {volume: {version: 1.2.3}}",
            "settings.charts[volume]: there is no add-on of this name; did you mean volumes?"),
        new Row(
            "a chart's name where the add-on's belongs",
            "",
            "charts: {openstack-cinder-csi: {version: 1.2.3}}",
            "settings.charts[openstack-cinder-csi]: there is no add-on of this name;"
                + " openstack-cinder-csi is the chart of add-on volumes: write volumes: {chart:"
                + " openstack-cinder-csi}"),
        new Row(
            "an add-on that may be one of two charts",
            "",
            "charts: {cni: {version: 1.2.3}}",
            "settings.charts[cni].chart: is missing, and cni may be any of several charts; set it"
                + " to the one that is meant: cilium or tigera-operator"),
        new Row(
            "a chart the add-on never is",
            "",
            "charts: {cni: {chart: cillium, version: 1.2.3}}",
            "settings.charts[cni].chart: cni is never chart \"cillium\"; did you mean cilium?"),
        new Row(
            "a field that does not exist",
            "",
            "chart: {}",
            "settings.chart: there is no such field; did you mean charts?"));
  }

  @ParameterizedTest
  @MethodSource("settings")
  void settingsAreRefusedAsWell(Row row) {
    assertThat(ManagementCluster.with("{}").settings(row.cloud).refusals())
        .as(row.reason)
        .isEqualTo(List.of(row.sentence));
  }
}
