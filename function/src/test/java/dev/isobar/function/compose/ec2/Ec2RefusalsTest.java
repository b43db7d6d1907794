package dev.isobar.function.compose.ec2;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.function.compose.ManagementCluster;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What cannot be had on EC2, or on OpenStack, said in one sentence each. */
final class Ec2RefusalsTest {
  record Row(String reason, String claim, String cloud, String sentence) {}

  private static Row pool(String reason, String pool, String sentence) {
    return new Row(
        reason,
        "pools: [{name: a, machineType: m6i.xlarge, replicas: 1, " + pool + "}]",
        "{}",
        "spec.pools[0]." + sentence);
  }

  static Stream<Row> clouds() {
    return Stream.of(
        new Row(
            "the identity of another provider",
            "{}",
            "clusterApi: {identityRef: {kind: OpenStackClusterIdentity}}",
            "Cloud wekeo: spec.clusterApi.identityRef.kind: OpenStackClusterIdentity does not"
                + " belong to EC2; the platform team must set it to AWSClusterControllerIdentity,"
                + " AWSClusterRoleIdentity or AWSClusterStaticIdentity"),
        new Row(
            "a controller's identity there cannot be",
            "{}",
            "clusterApi: {identityRef: {kind: AWSClusterControllerIdentity}}",
            "Cloud wekeo: spec.clusterApi.identityRef.name: the only AWSClusterControllerIdentity"
                + " there can be is called default; the platform team must set it to default"),
        new Row(
            "credentials for clusters",
            "{}",
            "workloadCredentials: {secretRef: {namespace: clouds, name: keys}}",
            "Cloud wekeo: spec.workloadCredentials: are OpenStack's: on EC2 the cloud controller"
                + " and volumes act with the machines' instance profile; the platform team must"
                + " remove it"),
        new Row(
            "an external network",
            "{}",
            "network: {externalNetwork: {name: public}}",
            "Cloud wekeo: spec.network.externalNetwork: EC2 has none; the platform team must remove"
                + " it"),
        new Row(
            "name servers of the Cloud",
            "{}",
            "network: {dnsServers: [9.9.9.9]}",
            "Cloud wekeo: spec.network.dnsServers: nodes ask the VPC's own name server; the"
                + " platform team must remove it"),
        new Row(
            "a balancer of Octavia's",
            "{}",
            "network: {loadBalancer: OVN}",
            "Cloud wekeo: spec.network.loadBalancer: OVN is OpenStack's; the platform team must"
                + " remove it, or set it to NLB"));
  }

  static Stream<Row> images() {
    return Stream.of(
        new Row(
            "an image by its name",
            "{}",
            "images: [{kubernetes: 1.35.2, name: ubuntu-2404-kube-v1.35.2}]",
            "Cloud wekeo: spec.images: image \"ubuntu-2404-kube-v1.35.2\" for Kubernetes 1.35.2 is"
                + " no id of an AMI, and EC2 knows images by their ids; the platform team must"
                + " write the id, ami-..., that `aws ec2 describe-images` shows"),
        new Row(
            "an image whose id is none",
            "{}",
            "images: [{kubernetes: 1.35.2, id: ami-xyz}]",
            "Cloud wekeo: spec.images: image \"ami-xyz\" for Kubernetes 1.35.2 is no id of an AMI,"
                + " and EC2 knows images by their ids; the platform team must write the id,"
                + " ami-..., that `aws ec2 describe-images` shows"),
        new Row(
            "no image of the architecture",
            "pools: [{name: a, machineType: m7g.xlarge, replicas: 1}]",
            "{}",
            "spec.version: Cloud wekeo has an image for Kubernetes 1.35.2 only for amd64 machines,"
                + " none for machine type m7g.xlarge (arm64, no GPU); the platform team must add"
                + " images to spec.images of the Cloud"),
        new Row(
            "a type the Cloud has not",
            "controlPlane: {machineType: m6i.xlarg}",
            "{}",
            "spec.controlPlane.machineType: Cloud wekeo has no machine type \"m6i.xlarg\"; did you"
                + " mean m6i.xlarge?"));
  }

  static Stream<Row> zones() {
    return Stream.of(
        new Row(
            "a pool that says no zone, of a type that one zone has",
            "pools: [{name: a, machineType: p5.48xlarge, replicas: 1, gpu: {partitioning: {none:"
                + " {}}}}]",
            "clusterApi: {gpuMachines: Native}",
            "spec.pools[0].zones: is missing, and machine type p5.48xlarge does not exist in all"
                + " zones; name one that has it: eu-central-1b"),
        new Row(
            "a control plane of such a type",
            "controlPlane: {machineType: m5.xlarge}",
            "machineTypes: [{name: m5.xlarge, cpu: 4, memory: 16Gi, zones: [eu-central-1a,"
                + " eu-central-1b]}]",
            "spec.controlPlane.machineType: machine type m5.xlarge does not exist in zone"
                + " eu-central-1c, and control plane machines are spread over all zones; it exists"
                + " in eu-central-1a, eu-central-1b; choose another one, or have the platform team"
                + " limit spec.zones of the Cloud"));
  }

  static Stream<Row> networks() {
    String onEc2 = "is OpenStack's, and Cloud wekeo is of provider EC2";
    String path = "spec.network.existing";
    return Stream.of(
        new Row(
            "a network by its name",
            "network: {existing: {network: {name: lab}, subnets: [subnet-01234567]}}",
            "{}",
            path
                + ".network.name: on EC2 networks are known by their ids alone; write network: {id:"
                + " vpc-...} with the id that `aws ec2 describe-vpcs` shows"),
        new Row(
            "a VPC whose id is none",
            "network: {existing: {network: {id: vpc-123}, subnets: [subnet-01234567]}}",
            "{}",
            path
                + ".network.id: \"vpc-123\" is no id of a VPC; write network: {id: vpc-...} with"
                + " the id that `aws ec2 describe-vpcs` shows"),
        new Row(
            "no subnets",
            "network: {existing: {network: {id: vpc-01234567}}}",
            "{}",
            path
                + ".subnets: is missing, and nobody makes subnets in a network that exists; name"
                + " those that `aws ec2 describe-subnets` shows and machines and load balancers"
                + " shall use"),
        new Row(
            "a subnet whose id is none",
            "network: {existing: {network: {id: vpc-01234567}, subnets: [sub-01234567]}}",
            "{}",
            path
                + ".subnets[0]: \"sub-01234567\" is not allowed; it must be the id of a subnet on"
                + " EC2, such as subnet-0123456789abcdef0"),
        new Row(
            "OpenStack's subnet",
            "network: {existing: {network: {id: vpc-01234567}, subnets: [subnet-01234567], subnet:"
                + " {id: subnet-01234567}}}",
            "{}",
            path
                + ".subnet: "
                + onEc2
                + "; name all subnets that machines and load balancers use in existing.subnets"),
        new Row(
            "a router",
            "network: {existing: {network: {id: vpc-01234567}, subnets: [subnet-01234567], router:"
                + " {name: edge}}}",
            "{}",
            path + ".router: " + onEc2 + "; remove it"),
        new Row(
            "a VPC too narrow for subnets in several zones",
            "network: {nodeCidr: 10.8.0.0/25}",
            "{}",
            "spec.network.nodeCidr: 10.8.0.0/25 is no range for a VPC with subnets in several"
                + " zones; choose one of /16 to /24"),
        new Row(
            "packet sizes",
            "network: {mtu: 1450}",
            "{}",
            "spec.network.mtu: " + onEc2 + "; remove it"),
        new Row(
            "name servers",
            "network: {dnsServers: [9.9.9.9]}",
            "{}",
            "spec.network.dnsServers: "
                + onEc2
                + "; remove it: nodes ask the VPC's own name server"));
  }

  static Stream<Row> apis() {
    return Stream.of(
        new Row(
            "a balancer of Octavia's",
            "network: {api: {loadBalancer: Amphora}}",
            "{}",
            "spec.network.api.loadBalancer: Amphora is OpenStack's, and Cloud wekeo is of provider"
                + " EC2; leave it out, or set it to NLB"),
        new Row(
            "an address",
            "network: {api: {address: 203.0.113.7}}",
            "{}",
            "spec.network.api.address: a load balancer of EC2 has a name and addresses of its own;"
                + " remove it"),
        new Row(
            "another port than the balancer's",
            "network: {api: {port: 443}}",
            "{}",
            "spec.network.api.port: 443 is not the port that the load balancer on EC2 listens at;"
                + " set it to 6443, or leave it out"),
        new Row(
            "zones of the control plane",
            "controlPlane: {zones: [eu-central-1a]}",
            "{}",
            "spec.controlPlane.zones: is OpenStack's, and Cloud wekeo is of provider EC2, where"
                + " machines are spread over all zones of the network; remove it, and let the"
                + " platform team limit spec.zones of the Cloud, or name an existing network's"
                + " subnets of these zones"));
  }

  static Stream<Row> disks() {
    return Stream.of(
        pool(
            "a disk to start from that is too small",
            "rootDisk: {size: 4Gi}",
            "rootDisk.size: 4Gi is less than the AWS provider makes; set it to 8Gi or more"),
        pool(
            "a disk that is too small",
            "disks: [{name: x, size: 1Gi, mountPath: /x}]",
            "disks[0].size: 1Gi is less than the AWS provider makes; set it to 8Gi or more"),
        pool(
            "a type that wants to know more",
            "rootDisk: {size: 50Gi, type: io2}",
            "rootDisk.type: \"io2\" is no volume type of EC2 that can be had here; there are gp2,"
                + " gp3 and standard"),
        new Row(
            "a type of another cloud, for etcd",
            "controlPlane: {etcd: {disk: {size: 20Gi, type: ssd}}}",
            "{}",
            "spec.controlPlane.etcd.disk.type: \"ssd\" is no volume type of EC2 that can be had"
                + " here; there are gp2, gp3, sc1, st1 and standard"),
        new Row(
            "a type of another cloud, for volumes of pods",
            "addons: {volumes: {type: gp4}}",
            "{}",
            "spec.addons.volumes.type: \"gp4\" is no volume type of EC2 that can be had here; did"
                + " you mean gp2?"));
  }

  static Stream<Row> capacities() {
    return Stream.of(
        pool(
            "a price for what is not Spot",
            "capacity: {maxPrice: '1.25'}",
            "capacity.maxPrice: goes with model Spot only, and model is OnDemand; remove it, or set"
                + " model to Spot"),
        pool(
            "a block nobody named",
            "capacity: {model: Block}",
            "capacity.reservationId: is missing, and a capacity block is known by it; write the"
                + " cr-... id that `aws ec2 describe-capacity-reservations` shows"),
        pool(
            "a reservation for Spot",
            "capacity: {model: Spot, reservationId: cr-0123456789abcdef0}",
            "capacity.reservationId: would not be used with model Spot; remove it, or set model to"
                + " Reserved or Block"),
        pool(
            "a reservation whose id is none",
            "capacity: {model: Reserved, reservationId: cr-1}",
            "capacity.reservationId: \"cr-1\" is no id of a reservation; write the cr-... id that"
                + " `aws ec2 describe-capacity-reservations` shows"));
  }

  @ParameterizedTest
  @MethodSource({"clouds", "images", "zones", "networks", "apis", "disks", "capacities"})
  void oneSentenceOnEc2(Row row) {
    assertThat(Ec2Lab.with(row.claim).cloud(row.cloud).refusals())
        .as(row.reason)
        .containsExactly(row.sentence);
  }

  static Stream<Row> foreign() {
    String isEc2s = "is EC2's, and Cloud wekeo is of provider OpenStack";
    return Stream.of(
        new Row(
            "subnets by their ids",
            "network: {existing: {network: {name: lab}, subnets: [subnet-01234567]}}",
            "{}",
            "spec.network.existing.subnets: " + isEc2s + "; name the subnet by existing.subnet"),
        new Row(
            "EC2's balancer",
            "network: {api: {loadBalancer: NLB}}",
            "{}",
            "spec.network.api.loadBalancer: NLB "
                + isEc2s
                + "; set it to OVN or Amphora, or leave it out and take the Cloud's"),
        new Row(
            "EC2's balancer of a Cloud",
            "{}",
            "network: {loadBalancer: NLB}",
            "Cloud wekeo: spec.network.loadBalancer: NLB is EC2's; the platform team must set it to"
                + " OVN, Amphora or None"),
        new Row(
            "instance profiles",
            "{}",
            "clusterApi: {instanceProfiles: {controlPlane: head, nodes: node}}",
            "Cloud wekeo: spec.clusterApi.instanceProfiles: OpenStack has none; the platform team"
                + " must remove it"),
        new Row(
            "payment",
            "pools: [{name: a, machineType: m1.large, replicas: 1, capacity: {model: Spot}}]",
            "{}",
            "spec.pools[0].capacity: " + isEc2s + "; remove it: machines are paid for by use"));
  }

  @ParameterizedTest
  @MethodSource("foreign")
  void oneSentenceOnOpenStack(Row row) {
    assertThat(ManagementCluster.with(row.claim).cloud(row.cloud).refusals())
        .as(row.reason)
        .containsExactly(row.sentence);
  }
}
