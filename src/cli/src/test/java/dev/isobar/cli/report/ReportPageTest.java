package dev.isobar.cli.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.cli.Folder;
import dev.isobar.cli.StandInFunction;
import dev.isobar.cli.call.Yaml;
import dev.isobar.function.wire.proto.Fn;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ReportPageTest {
  private static final Path GOLDEN = Path.of("src/test/resources/dev/isobar/cli/report/page.html");

  private static final String CLAIM =
      """
      apiVersion: platform.isobar.dev/v1alpha1
      kind: PlatformCluster
      metadata: {name: lab, namespace: eo4eu}
      spec:
        pools:
          - {name: cut, gpu: {partitioning: {mig: {layout: {1g.10gb: 3, 2g.20gb: 2}}}}}
          - {name: turns, gpu: {partitioning: {timeSlicing: {replicas: 8}}}}
      """;

  private static final String STATUS =
      """
      status:
        stage: Provisioning
        message: "Cloud wekeo <says> \\"no & never\\""
        clusterName: lab-1a2b3
        pools:
          - name: cut
            gpuModel: A100-80GB
            gpusPerNode: 2
            machineType: "g2<script>alert(1)</script>"
            min: 0
            max: 3
            wanted: 1
            ready: 1
            resources: {nvidia.com/mig-1g.10gb: 6, nvidia.com/mig-2g.20gb: 4}
          - {name: turns, gpuModel: T4-16GB, gpusPerNode: 1, wanted: 2, ready: 0, resources: {nvidia.com/gpu: 8}}
      """;

  @TempDir Path temporary;

  private Folder folder;
  private Path page;

  @BeforeEach
  void write() {
    folder = new Folder(temporary.resolve("input")).file("claim.yaml", CLAIM);
    page = temporary.resolve("report.html");
  }

  private static StandInFunction.Script cluster() {
    return (_, answer) ->
        answer
            .setDesired(
                Fn.State.newBuilder()
                    .setComposite(Yaml.resource(Fn.Ready.READY_UNSPECIFIED, STATUS))
                    .putResources(
                        "cluster",
                        resource(
                            "TRUE",
                            "Cluster",
                            "lab-1a2b3",
                            "{infrastructureRef: {kind: OpenStackCluster, name: lab-1a2b3}}"))
                    .putResources(
                        "infrastructure", resource("FALSE", "OpenStackCluster", "lab-1a2b3", "{}"))
                    .putResources(
                        "pool.cut",
                        resource(
                            "FALSE",
                            "MachineDeployment",
                            "lab-1a2b3-cut",
                            "{clusterName: lab-1a2b3, ref: {kind: GpuMachineTemplate, name:"
                                + " lab-1a2b3-cut-1}}"))
                    .putResources(
                        "pool.cut.machines",
                        resource("TRUE", "GpuMachineTemplate", "lab-1a2b3-cut-1", "{}"))
                    .putResources(
                        "addon.cni",
                        resource("UNSPECIFIED", "ClusterProfile", "lab-1a2b3-cni", "{}"))
                    .putResources(
                        "addon.volumes",
                        resource(
                            "UNSPECIFIED",
                            "ClusterProfile",
                            "lab-1a2b3-volumes",
                            "{dependsOn: [lab-1a2b3-cni], clusterRefs: [{kind: Cluster, name:"
                                + " lab-1a2b3}]}"))
                    .putResources(
                        "usage",
                        resource(
                            "TRUE",
                            "Usage",
                            "lab-keeps",
                            "{of: {kind: Secret, resourceRef: {name: <cloud>}}, by: {kind: Cluster,"
                                + " resourceRef: {name: lab-1a2b3}}}")))
            .addConditions(
                Fn.Condition.newBuilder()
                    .setType("PoolsReady")
                    .setStatus(Fn.Status.STATUS_CONDITION_FALSE)
                    .setReason("Waiting")
                    .setMessage("<img src=x onerror=alert(1)>"))
            .addResults(
                Fn.Result.newBuilder()
                    .setSeverity(Fn.Severity.SEVERITY_WARNING)
                    .setReason("Scarce")
                    .setMessage("'few' & far"));
  }

  private static Fn.Resource resource(String ready, String kind, String name, String spec) {
    return Yaml.resource(
        Fn.Ready.valueOf("READY_" + ready),
        "{apiVersion: example.org/v1, kind: %s, metadata: {name: %s, namespace: eo4eu, labels: {isobar.dev/pool: %s}}, spec: %s}"
            .formatted(kind, name, name.contains("-cut") ? "cut" : "\"\"", spec));
  }

  @Test
  void showsACompositeInTheSameBytesEachTime() throws IOException {
    try (var function = StandInFunction.start(cluster())) {
      Folder.Run run = folder.render(function, "--report", page.toString());
      assertThat(run.code()).as(run.err()).isZero();
      String first = Files.readString(page);
      String bare = first.replaceFirst("(?s)<style>.*</style>", "<style></style>");
      if (Boolean.getBoolean("isobar.regenerate")) {
        Files.createDirectories(GOLDEN.getParent());
        Files.writeString(GOLDEN, bare);
      }
      assertThat(bare).isEqualTo(Files.readString(GOLDEN));
      assertThat(first).contains("prefers-color-scheme: dark");

      assertThat(folder.render(function, "--report", page.toString()).code()).isZero();
      assertThat(Files.readString(page)).as("the same again").isEqualTo(first);
    }
  }

  @Test
  void whatOthersWriteIsTextAndNothingElse() throws IOException {
    try (var function = StandInFunction.start(cluster())) {
      assertThat(folder.render(function, "--report", page.toString()).code()).isZero();
      assertThat(Files.readString(page))
          .doesNotContain("<script", "<img", "<says>", "<cloud>", "http://", "src=x>")
          .contains("g2&lt;script&gt;", "&lt;img src=x onerror=alert(1)&gt;", "&lt;cloud&gt;");
    }
  }

  @Test
  void saysWhatIsRefused() throws IOException {
    var refusing = StandInFunction.refusing("Invalid", "spec.pools: 9 > 8");
    try (var function = StandInFunction.start(refusing)) {
      assertThat(folder.render(function, "--report", page.toString()).code()).isEqualTo(1);
      assertThat(Files.readString(page)).contains("Refused</strong>", "spec.pools: 9 &gt; 8");
    }
  }

  @Test
  void needsAFolderBeforeAnythingIsAsked() throws IOException {
    try (var function = StandInFunction.start(cluster())) {
      String missing = temporary.resolve("none").resolve("report.html").toString();
      Folder.Run run = folder.render(function, "--report", missing);
      assertThat(run.code()).isEqualTo(2);
      assertThat(run.out()).isEmpty();
      assertThat(run.err())
          .isEqualTo(
              "isobar render: --report is %s: there is no folder %s\nSee isobar render --help.\n"
                  .formatted(missing, temporary.resolve("none")));

      Folder.Run directory = folder.render(function, "--report", temporary.toString());
      assertThat(directory.code()).isEqualTo(2);
      assertThat(directory.err()).contains("that is a folder; give a file");
      assertThat(function.requests()).isEmpty();
    }
  }

  @Test
  void leavesNothingElseBehind() throws IOException {
    Files.writeString(page, "<!doctype html>as it was");
    try (var function = StandInFunction.start(cluster())) {
      assertThat(folder.render(function, "--report", page.toString()).code()).isZero();
    }
    try (Stream<Path> files = Files.list(temporary)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder("input", "report.html");
    }
    assertThat(Files.readString(page)).startsWith("<!doctype html>");
  }
}
