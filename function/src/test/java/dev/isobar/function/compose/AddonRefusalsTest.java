package dev.isobar.function.compose;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.function.compose.ec2.Ec2Lab;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What add-ons cannot be asked for. */
final class AddonRefusalsTest {
  record Row(String reason, ManagementCluster cluster, String expected) {}

  private static ManagementCluster with(String addons) {
    return ManagementCluster.with("addons: {" + addons + "}");
  }

  static Stream<Row> rows() {
    String designate = "externalDns: {zones: [lab.example.org], designate: {}}";
    String manila = "sharedVolumes: {manila: {type: nfs%s}}";
    String efs = "sharedVolumes: {efs: {fileSystem: fs-01234567}}";
    String backup = "backup: {bucket: abc, credentialsSecretRef: {name: a, key: b}, %s}";
    String operator =
        "extra: [{name: mine, chart: {repository: 'https://helm.ngc.nvidia.com/nvidia', name:"
            + " gpu-operator, version: 25.10.1%s}}]";
    String sliced =
        "pools: [{name: g, machineType: g2.a100.2, replicas: 1, gpu: {partitioning: {mig: {layout:"
            + " {1g.10gb: 3, 2g.20gb: 2}}}}}]";
    String single =
        "spec.addons.extra[0].chart.values.mig.strategy: pool g has slices, and the add-on shows"
            + " slices by the strategy single, which calls all of them nvidia.com/gpu and shows"
            + " none where sizes are mixed; set it to mixed, or remove the add-on, for gpu-operator"
            + " is there for all pools with GPUs";
    return Stream.of(
        new Row(
            "slices of several sizes by the strategy single",
            with(operator.formatted(", values: {mig: {strategy: single}}")).claim(sliced),
            single),
        new Row(
            "the strategy of a chart that is told none",
            with(operator.formatted("")).claim(sliced),
            single),
        new Row(
            "Designate without OpenStack",
            Ec2Lab.with("addons: {" + designate + "}"),
            "spec.addons.externalDns.designate: Cloud wekeo is of provider EC2, which has no"
                + " Designate; use route53, or rfc2136 for a name server"),
        new Row(
            "Designate without rights",
            with(designate).cloud("workloadCredentials: null"),
            "spec.addons.externalDns.designate: Cloud wekeo has no workloadCredentials, and they"
                + " would be needed; ask the platform team to set them, or remove it, or use"
                + " rfc2136"),
        new Row(
            "Manila without OpenStack",
            Ec2Lab.with("addons: {" + manila.formatted("") + "}"),
            "spec.addons.sharedVolumes.manila: Cloud wekeo is of provider EC2, which has no"
                + " Manila; use efs instead"),
        new Row(
            "EFS without AWS",
            with(efs),
            "spec.addons.sharedVolumes.efs: Cloud wekeo is of provider OpenStack, which has no"
                + " EFS; use manila instead"),
        new Row(
            "Manila without rights",
            with(manila.formatted("")).cloud("workloadCredentials: null"),
            "spec.addons.sharedVolumes.manila: Cloud wekeo has no workloadCredentials, and they"
                + " would be needed; ask the platform team to set them, or remove it"),
        new Row(
            "who may mount in a network of others",
            with(manila.formatted(""))
                .claim("network: {existing: {network: {name: lab}, subnet: {name: lab}}}"),
            "spec.addons.sharedVolumes.manila.clients: is empty, and the addresses of an existing"
                + " network are not known; write the range that the nodes' requests reach Manila's"
                + " shares from"),
        new Row(
            "addresses where keys count",
            with(manila.formatted(", protocol: CephFS, clients: [192.0.2.0/24]")),
            "spec.addons.sharedVolumes.manila.clients: has no effect on shares of CephFS, which"
                + " are opened by a key instead; remove it, or set protocol to NFS"),
        new Row(
            "receivers of nobody",
            with("alertmanager: {configSecretRef: {name: a, key: b}}"),
            "spec.addons.alertmanager.configSecretRef: would be used by nobody: monitoring is off;"
                + " set spec.addons.monitoring to true, or remove it"),
        new Row(
            "a memory too short",
            with("monitoring: true, prometheus: {retention: 30m}"),
            "spec.addons.prometheus.retention: 30m is less than an hour; set it to 1h or more"),
        new Row(
            "backups that go at once",
            with(backup.formatted("keep: 10m")),
            "spec.addons.backup.keep: 10m is less than an hour; set it to 1h or more"),
        new Row(
            "an object store without a host",
            with(backup.formatted("endpoint: 'https://:9000'")),
            "spec.addons.backup.endpoint: \"https://:9000\" has no host; write for example"
                + " https://s3.example.org"),
        new Row(
            "a name of Isobar's",
            with(
                "extra: [{name: kueue, manifests: '{apiVersion: v1, kind: Namespace, metadata:"
                    + " {name: a}}'}]"),
            "spec.addons.extra[0].name: kueue is the name of an add-on of Isobar; choose another"
                + " name"));
  }

  @ParameterizedTest
  @MethodSource("rows")
  void isTold(Row row) {
    assertThat(row.cluster.refusals()).as(row.reason).containsExactly(row.expected);
  }
}
