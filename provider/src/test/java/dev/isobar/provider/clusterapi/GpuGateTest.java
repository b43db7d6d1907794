package dev.isobar.provider.clusterapi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.apis.tree.Tree;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class GpuGateTest {
  /** "a=1 b=2" as a map; names without a vendor are NVIDIA's. */
  private static Map<String, String> pairs(String text) {
    var pairs = new TreeMap<String, String>();
    Stream.of(text.split(" "))
        .filter(word -> !word.isEmpty())
        .map(word -> word.split("=", 2))
        .forEach(
            pair -> pairs.put(pair[0].contains("/") ? pair[0] : "nvidia.com/" + pair[0], pair[1]));
    return pairs;
  }

  private static NodeView node(String labels, String offered) {
    Tree content =
        Tree.of(
            Map.of(
                "spec",
                Map.of("providerID", "openstack://r/1"),
                "status",
                Map.of("allocatable", pairs(offered))));
    return NodeView.of("gpu-1", "7", pairs(labels), content);
  }

  private static Map<String, Integer> expected(String text) {
    var expected = new TreeMap<String, Integer>();
    pairs(text).forEach((name, count) -> expected.put(name, Integer.valueOf(count)));
    return expected;
  }

  private static final String UP = "gpu.present=true cuda.driver-version.full=580.95";

  @ParameterizedTest(name = "{4}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          UP                                                  | gpu=2                        | gpu=2                      | ''                    | whole GPUs as planned
          ''                                                    | ''                           | gpu=2                      | WaitingForGpuOperator | nobody has looked at the node
          gpu.present=true                                      | ''                           | gpu=2                      | WaitingForDriver      | the operator has, and the driver is not there
          UP                                                  | ''                           | gpu=2                      | ResourcesDiffer       | the device plugin does not offer them
          UP                                                  | gpu=1                        | gpu=2                      | ResourcesDiffer       | one of two fell off the bus
          UP                                                  | gpu=0                        | gpu=2                      | ResourcesDiffer       | all did
          UP                                                  | gpu=3                        | gpu=2                      | ResourcesDiffer       | more than planned is another plan
          UP mig.config=abc mig.config.state=pending          | gpu=2                        | mig-1g.10gb=14             | WaitingForMig         | the operator divides them
          UP mig.config=abc                                   | gpu=2                        | mig-1g.10gb=14             | WaitingForMig         | it has not begun
          UP mig.config=abc mig.config.state=rebooting        | gpu=2                        | mig-1g.10gb=14             | WaitingForMig         | the node restarts for it
          UP mig.config=abc mig.config.state=failed           | gpu=2                        | mig-1g.10gb=14             | MigFailed             | it could not
          UP mig.config=abc mig.config.state=success          | mig-1g.10gb=14               | mig-1g.10gb=14             | ''                    | slices as planned
          UP mig.config=abc mig.config.state=success          | mig-1g.10gb=14 gpu=0         | mig-1g.10gb=14             | ''                    | what is offered none of is not offered
          UP mig.config=abc mig.config.state=success          | mig-1g.10gb=7 mig-2g.20gb=3  | mig-1g.10gb=14             | ResourcesDiffer       | other slices than planned
          UP mig.config=abc mig.config.state=success          | mig-1g.10gb=7 gpu=1          | mig-1g.10gb=7 gpu=1        | ''                    | slices beside a whole GPU
          UP mig.config=abc mig.config.state=pending          | mig-1g.10gb=14               | mig-1g.10gb=14             | WaitingForMig         | resources of before are not believed
          UP mig.config=abc mig.config.state=failed           | mig-1g.10gb=14               | mig-1g.10gb=14             | MigFailed             | nor when dividing failed
          gpu.present=true cuda.driver.major=535                | gpu.shared=8                 | gpu.shared=8               | ''                    | shared replicas, an older operator's label
          UP                                                  | gpu=2 hostdev=8 mlnxnics=8    | gpu=2                      | ''                    | network cards are no GPUs
          UP                                                  | gpu=2 gpu.shared=8           | gpu=2                      | ResourcesDiffer       | GPUs that nobody planned to share
          UP                                                  | gpu=two                      | gpu=2                      | ResourcesDiffer       | no number is no GPU
          UP                                                  | gpu=2 rdma/hca=8             | gpu=2 rdma/hca=8           | ''                    | network cards that are planned are seen, whoever made them
          UP                                                  | gpu=2 rdma/hca=4             | gpu=2 rdma/hca=8           | ResourcesDiffer       | half of them are missing
          UP                                                  | gpu=2 rdma/hca=1k            | gpu=2 rdma/hca=1000        | ''                    | a kubelet writes whole thousands with a k
          UP                                                  | gpu.shared=2k                | gpu.shared=1000            | ResourcesDiffer       | and they are counted
          UP                                                  | gpu=2 rdma/hca=8             | gpu=2                      | ''                    | nobody planned them, and they are no GPUs
          ''                                                    | amd.com/gpu=8                | amd.com/gpu=8              | ''                    | NVIDIA's operator is not waited for where all is another's
          ''                                                    | ''                           | amd.com/gpu=8              | ResourcesDiffer       | nor does it bring them
          UP                                                  | gpu=2 amd.com/gpu=8          | amd.com/gpu=8              | ResourcesDiffer       | GPUs of NVIDIA's that nobody planned
          UP mig.config=abc mig.config.state=pending          | amd.com/gpu=8                | amd.com/gpu=8              | WaitingForMig         | what is being divided is waited for all the same
          """)
  void aStepIsMissing(String labels, String offered, String planned, String reason, String why) {
    NodeView node = node(labels.replace("UP", UP), offered);
    assertThat(
            GpuGate.missing(Optional.of(node), expected(planned), "")
                .map(GpuGate.Missing::reason)
                .orElse(""))
        .as(why)
        .isEqualTo(reason);
  }

  @Test
  void whatDiffersIsTold() {
    NodeView node = node(UP, "gpu=1 mig-1g.10gb=7");
    assertThat(GpuGate.missing(Optional.of(node), expected("gpu=2"), "ClusterPolicy p is notReady"))
        .contains(
            new GpuGate.Missing(
                "ResourcesDiffer",
                "node gpu-1 offers other GPUs than planned: nvidia.com/gpu 1 instead of 2,"
                    + " nvidia.com/mig-1g.10gb 7 instead of 0; if that lasts, platform team: the"
                    + " Pod nvidia-device-plugin-daemonset of that node; ClusterPolicy p is"
                    + " notReady"));
  }

  @Test
  void ofDevicesOfOthersTheGpuOperatorIsNotAsked() {
    NodeView node = node("", "rdma/hca=4");
    assertThat(
            GpuGate.missing(
                Optional.of(node), expected("rdma/hca=8 amd.com/gpu=1"), "there is no operator"))
        .contains(
            new GpuGate.Missing(
                "ResourcesDiffer",
                "node gpu-1 offers other resources than planned: amd.com/gpu 0 instead of 1,"
                    + " rdma/hca 4 instead of 8; if that lasts, platform team: the Pods of the"
                    + " device plugins of that node"));
  }

  @Test
  void withoutANodeNothingIsThereAndWithoutAWishNothingIsMissing() {
    assertThat(
            GpuGate.missing(Optional.empty(), expected("gpu=1"), "").map(GpuGate.Missing::reason))
        .contains("WaitingForNode");
    assertThat(GpuGate.missing(Optional.of(node("", "")), Map.of(), "")).isEmpty();
  }
}
