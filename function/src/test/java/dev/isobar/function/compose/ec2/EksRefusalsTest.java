package dev.isobar.function.compose.ec2;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.apis.tree.Tree;
import dev.isobar.function.compose.ManagementCluster;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What cannot be had on EKS, said in one sentence each. */
final class EksRefusalsTest {
  record Row(String claim, String cloud, String sentence) {}

  private static Row claim(String claim, String sentence) {
    return new Row(claim, "{}", "spec." + sentence);
  }

  static Stream<Row> controlPlanes() {
    String none = ": the control plane of EKS has no machines of yours; remove it";
    return Stream.of(
        claim("controlPlane: {machineType: m6i.xlarge}", "controlPlane.machineType" + none),
        claim("controlPlane: {rootDisk: {size: 80Gi}}", "controlPlane.rootDisk" + none),
        claim("controlPlane: {serverGroup: apart}", "controlPlane.serverGroup" + none),
        claim("controlPlane: {drainTimeout: 10m}", "controlPlane.drainTimeout" + none),
        claim("controlPlane: {healthCheck: {enabled: false}}", "controlPlane.healthCheck" + none),
        claim(
            "controlPlane: {replicas: 5}",
            "controlPlane.replicas: EKS has as many API servers as it thinks fit; remove it"),
        claim(
            "controlPlane: {etcd: {quota: 8Gi}}",
            "controlPlane.etcd: the database is EKS's own; remove it"),
        claim(
            "controlPlane: {certificateNames: [api.example.org]}",
            "controlPlane.certificateNames: EKS writes the certificate, for the one name it gives"
                + " the API; remove it"),
        claim(
            "controlPlane: {apiServerFlags: {v: '4'}}",
            "controlPlane.apiServerFlags: EKS sets the flags of its API servers itself; remove it;"
                + " logs are asked for by controlPlane.managed.logs, login by security.oidc"));
  }

  static Stream<Row> others() {
    return Stream.of(
        claim(
            "version: 1.35.2",
            "version: \"1.35.2\" is an exact version, and EKS takes care of patches itself; write"
                + " 1.35"),
        claim(
            "version: '1.36'",
            "version: Cloud wekeo does not list Kubernetes 1.36 of EKS; nearest is 1.35; there are"
                + " 1.34, 1.35"),
        claim(
            "network: {podCidr: 10.64.0.0/12}",
            "network.podCidr: on EKS pods have addresses of the nodes' network; remove it, and make"
                + " network.nodeCidr wide enough for pods, for example 10.8.0.0/16"),
        claim(
            "network: {cni: Calico}",
            "network.cni: Calico is not what EKS has: its pod network is AWS's own, VPC CNI; remove"
                + " it"),
        claim(
            "network: {serviceDomain: lab.local}",
            "network.serviceDomain: lab.local is not the domain of Services on EKS; remove it: it"
                + " is cluster.local"),
        claim(
            "network: {serviceCidr: 100.64.0.0/16}",
            "network.serviceCidr: 100.64.0.0/16 is not where EKS lets Services have addresses;"
                + " choose a range within 10.0.0.0/8, 172.16.0.0/12 or 192.168.0.0/16"),
        claim(
            "network: {serviceCidr: 10.96.0.0/26}",
            "network.serviceCidr: 10.96.0.0/26 is narrower than EKS takes; choose a range of /24 or"
                + " wider"),
        claim(
            "network: {existing: {network: {id: vpc-0123456789abcdef0}, subnets:"
                + " [subnet-0a000000000000000]}}",
            "network.existing.subnets: names one subnet, and EKS needs them in two zones at least;"
                + " name another one of another zone"),
        claim(
            "network: {api: {loadBalancer: NLB}}",
            "network.api.loadBalancer: EKS brings its own; remove it"),
        claim(
            "network: {api: {port: 8443}}",
            "network.api.port: 8443 is not the port of EKS; remove it: it is 443"),
        claim(
            "network: {api: {publicAddress: false, allowedCidrs: [192.0.2.0/24]}}",
            "network.api.allowedCidrs: is of the public address, and with publicAddress: false"
                + " there is none; remove it: only the network of the nodes reaches the API"),
        claim(
            "network: {api: {allowedCidrs: [198.51.100.0/24, 10.1.0.0/16]}}",
            "network.api.allowedCidrs[1]: 10.1.0.0/16 is no range of the internet, and EKS makes no"
                + " cluster with it: the list is of who reaches the public address; remove it, as"
                + " the VPC and networks that are joined to it reach the private address"),
        new Row(
            "controlPlane: {managed: {administrators: ['arn:aws:iam::111122223333:role/nodes']}}",
            "clusterApi: {eks: {nodeRole: 'arn:aws:iam::111122223333:role/nodes'}}",
            "spec.controlPlane.managed.administrators[0]: is a role that machines join with, as"
                + " Cloud wekeo says or has said; name the role of people instead"),
        claim(
            "security: {podSecurity: {enforce: Restricted}}",
            "security.podSecurity: EKS keeps its own default, which forbids pods nothing; remove"
                + " it, and label namespaces with pod-security.kubernetes.io/enforce"),
        claim(
            "security: {encryptionConfiguration: {name: a, key: b}}",
            "security.encryptionConfiguration: EKS encrypts Secrets itself; remove it, or name a"
                + " key of KMS in controlPlane.managed.secretsKey"),
        claim(
            "addons: {gpuOperator: {driverVersion: 595.91.07}}",
            "addons.gpuOperator.driverVersion: 595.91.07 would not be used: images of EKS nodes"
                + " bring the driver; remove it"),
        claim(
            "addons: {extra: [{name: a, manifests: '{apiVersion: v1, kind: ConfigMap, metadata:"
                + " {name: a}}', dependsOn: [cni]}]}",
            "addons.extra[0].dependsOn[0]: add-on cni is not installed in this cluster; switch it"
                + " on, or remove the dependency"));
  }

  @Test
  void whatStandsIsNotRefusedForWhatItsPlatformTeamSays() {
    String role = "arn:aws:iam::111122223333:role/nodes";
    ManagementCluster cluster =
        EksLab.with("controlPlane: {managed: {administrators: ['" + role + "']}}");
    cluster.settle();
    cluster.cloud("clusterApi: {eks: {nodeRole: '" + role + "'}}").settle();
    assertThat(cluster.claim("network: {api: {allowedCidrs: [10.1.0.0/16]}}").refusals()).isEmpty();
  }

  @Test
  void whoMakesTheClusterIsLeftOutWhenOnlyPrivateRangesAreKnown() {
    ManagementCluster cluster =
        EksLab.with("network: {api: {allowedCidrs: [203.0.113.0/24]}}")
            .settings("managementCidrs: [10.1.0.0/24]");
    assertThat(cluster.composed().conditions().getFirst().reason())
        .isEqualTo("ManagementCidrsUnknown");
    assertThat(
            Tree.of(cluster.composed("control-plane"))
                .at("spec", "endpointAccess", "publicCIDRs")
                .plain())
        .isEqualTo(List.of("203.0.113.0/24"));
    cluster.settings("managementCidrs: [10.1.0.0/24, 198.51.100.0/24]");
    assertThat(cluster.composed().conditions().getFirst().reason()).isEqualTo("Valid");
  }

  static Stream<Row> clouds() {
    String gpus =
        "pools: [{name: g, machineType: p4d.24xlarge, replicas: 1, gpu: {partitioning: {none:"
            + " {}}}}]";
    return Stream.of(
        new Row(
            "{}",
            "clusterApi: {eks: null}",
            "spec.controlPlane.kind: Managed is EKS, and Cloud wekeo says nothing of it; set it to"
                + " Kubeadm, or have the platform team set spec.clusterApi.eks of the Cloud"),
        new Row(
            "{}",
            "clusterApi: {eks: {versions: [{kubernetes: '1.35', addons: [{name: vpc-cni, version:"
                + " v1}, {name: coredns, version: v1}]}]}}",
            "Cloud wekeo: spec.clusterApi.eks.versions[0].addons: lacks kube-proxy, which would"
                + " stay at the version of a cluster's first day; the platform team must add what"
                + " `aws eks describe-addon-versions --kubernetes-version 1.35` shows"),
        new Row(
            "{}",
            "clusterApi: {eks: {versions: [{kubernetes: '1.35', addons: [{name: vpc-cni, version:"
                + " v1}, {name: coredns, version: v1}, {name: kube-proxy, version: v1}, {name:"
                + " aws-ebs-csi-driver, version: v1}]}]}}",
            "Cloud wekeo: spec.clusterApi.eks.versions[0].addons[3].name: aws-ebs-csi-driver would"
                + " come twice: Isobar installs the same as add-on volumes; the platform team must"
                + " remove it"),
        new Row(
            gpus,
            "clusterApi: {gpuMachines: Isobar, eks: {nodeRole:"
                + " 'arn:aws:iam::111122223333:role/nodes'}}",
            "spec.pools[0].gpu: machines that Isobar makes need the id of an image, and Cloud wekeo"
                + " has none for GPUs on EKS; the platform team must add one of purpose gpu to the"
                + " version in spec.clusterApi.eks of the Cloud, or set spec.clusterApi.gpuMachines"
                + " to Native"));
  }

  @ParameterizedTest
  @MethodSource({"controlPlanes", "others", "clouds"})
  void refusesWithPlaceAndWayOut(Row row) {
    assertThat(EksLab.with(row.claim).cloud(row.cloud).refusals())
        .contains(row.sentence)
        .allMatch(sentence ->
            row.sentence.contains("says nothing of it") || sentence.equals(row.sentence));
  }

  /** Nodes of another provider than Cluster API's own are strangers to EKS. */
  @Test
  void machinesOfIsobarNeedARole() {
    assertThat(
            EksLab.with(
                    "pools: [{name: g, machineType: p4d.24xlarge, replicas: 1, gpu: {partitioning:"
                        + " {none: {}}}}]")
                .cloud("clusterApi: {gpuMachines: Isobar}")
                .refusals())
        .contains(
            "spec.pools[0].gpu: EKS lets in no machines that Isobar makes: Cloud wekeo does not say"
                + " which role they have; the platform team must set spec.clusterApi.eks.nodeRole"
                + " of the Cloud, or spec.clusterApi.gpuMachines to Native");
  }

  @Test
  void whatIsOfEksIsRefusedElsewhere() {
    assertThat(Ec2Lab.with("controlPlane: {managed: {support: Standard}}").refusals())
        .containsExactly(
            "spec.controlPlane.managed: is of control planes of kind Managed, and this one is of"
                + " kind Kubeadm; remove it");
    assertThat(ManagementCluster.with("{}").cloud("clusterApi: {eks: {}}").refusals())
        .containsExactly(
            "Cloud wekeo: spec.clusterApi.eks: OpenStack has none; the platform team must remove"
                + " it");
  }

  @Test
  void aKeyMayBeGivenOnceAndNotTakenBack() {
    String key = "arn:aws:kms:eu-central-1:111122223333:key/";
    ManagementCluster cluster = EksLab.with("{}");
    var _ = cluster.settle();
    cluster.claim("controlPlane: {managed: {secretsKey: '" + key + "0a'}}");
    var _ = cluster.settle();
    cluster.claim("controlPlane: {managed: {secretsKey: '" + key + "0b'}}");
    assertThat(cluster.refusals())
        .containsExactly(
            "spec.controlPlane.managed.secretsKey: cannot be changed from %s0a to %s0b; set it back, or make a new cluster and move the work there"
                .formatted(key, key));
  }
}
