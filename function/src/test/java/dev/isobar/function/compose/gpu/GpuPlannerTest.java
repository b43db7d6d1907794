package dev.isobar.function.compose.gpu;

import static dev.isobar.function.compose.gpu.Asks.layout;
import static dev.isobar.function.compose.gpu.Asks.layouts;
import static dev.isobar.function.compose.gpu.Asks.mps;
import static dev.isobar.function.compose.gpu.Asks.none;
import static dev.isobar.function.compose.gpu.Asks.plan;
import static dev.isobar.function.compose.gpu.Asks.refusal;
import static dev.isobar.function.compose.gpu.Asks.timeSlicing;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.isobar.apis.platform.Partitioning;
import dev.isobar.apis.schema.Size;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class GpuPlannerTest {
  @ParameterizedTest(name = "{0} {1}: {5}")
  @CsvSource(
      delimiter = '|',
      value = {
        "2xA100-80GB | 1g.10gb*3 2g.20gb*2 | {nvidia.com/mig-1g.10gb=6, nvidia.com/mig-2g.20gb=4} |"
            + " 0 | 2 | seven compute slices, seven of eight memory slices, on both GPUs",
        "1xA100-80GB | 1g.10gb*7 | {nvidia.com/mig-1g.10gb=7} | 0 | 1 | a slice of memory cannot be"
            + " used",
        "1xA100-80GB | 3g.40gb*2 | {nvidia.com/mig-3g.40gb=2} | 1 | 0 | a compute slice cannot be"
            + " used",
        "1xA100-80GB | 1g.10gb+me*1 1g.10gb*6 | {nvidia.com/mig-1g.10gb=6,"
            + " nvidia.com/mig-1g.10gb.me=1} | 0 | 1 | a resource name has no plus",
        "8xH200-141GB | 7g.141gb*1 | {nvidia.com/mig-7g.141gb=8} | 0 | 0 | one slice each",
        "1xA30-24GB | 1g.6gb*2 2g.12gb*1 | {nvidia.com/mig-1g.6gb=2, nvidia.com/mig-2g.12gb=1} | 0"
            + " | 0 | balanced",
        "1xRTX-PRO-6000-96GB | 1g.24gb+gfx*2 1g.24gb-me*1 | {nvidia.com/mig-1g.24gb-me=1,"
            + " nvidia.com/mig-1g.24gb.gfx=2} | 1 | 3 | NVML counts twelve units",
        "1xRTX-PRO-6000-96GB | 2g.48gb+me.all*1 1g.24gb-me*2 | {nvidia.com/mig-1g.24gb-me=2,"
            + " nvidia.com/mig-2g.48gb.me.all=1} | 0 | 0 | all engines in one",
      })
  void layoutOfEveryGpu(
      String machine, String layout, String resources, int compute, int memory, String reason) {
    GpuPlan plan = plan(layout(layout), machine);
    assertThat(plan.resources()).as(reason).hasToString(resources);
    assertThat(plan.wastedComputeSlices()).isEqualTo(compute);
    assertThat(plan.wastedMemorySlices()).isEqualTo(memory);
    assertThat(plan.layouts())
        .hasSize(plan.count())
        .containsOnly(new TreeMap<>(Asks.counts(layout)));
    assertThat(plan.sharing()).isEmpty();
    assertThat(plan.mig()).isPresent();
  }

  @Test
  void layoutsLeaveSomeGpusWhole() {
    GpuPlan plan = plan(layouts("1g.10gb*7||1g.10gb*7|3g.40gb*2"), "4xH100-80GB");
    assertThat(plan.resources())
        .isEqualTo(
            Map.of("nvidia.com/gpu", 1, "nvidia.com/mig-1g.10gb", 14, "nvidia.com/mig-3g.40gb", 2));
    assertThat(plan.memory())
        .isEqualTo(
            Map.of(
                "nvidia.com/gpu",
                new Size("80Gi"),
                "nvidia.com/mig-1g.10gb",
                new Size("10Gi"),
                "nvidia.com/mig-3g.40gb",
                new Size("40Gi")));
    assertThat(plan.wastedComputeSlices()).as("a whole GPU wastes nothing").isEqualTo(1);
    assertThat(plan.wastedMemorySlices()).isEqualTo(2);
    assertThat(plan.mig().orElseThrow().groups())
        .extracting(MigConfig.Group::devices)
        .containsExactly(List.of(0, 2), List.of(1), List.of(3));
  }

  @Test
  void theSameLayoutIsTheSameEntryHoweverItIsAskedFor() {
    assertThat(plan(layouts("1g.10gb*7|1g.10gb*7"), "2xA100-80GB").mig())
        .isEqualTo(plan(layout("1g.10gb*7"), "8xH100-80GB").mig());
  }

  @Test
  void onlyWholeGpusNeedNoEntry() {
    GpuPlan plan = plan(layouts("|"), "2xA100-80GB");
    assertThat(plan.mig()).isEmpty();
    assertThat(plan.resources()).isEqualTo(Map.of("nvidia.com/gpu", 2));
  }

  @Test
  void wholeGpus() {
    GpuPlan plan = plan(none(), "8xV100-32GB");
    assertThat(plan)
        .isEqualTo(
            new GpuPlan(
                "V100-32GB",
                8,
                List.of(),
                Optional.empty(),
                Optional.empty(),
                new TreeMap<>(Map.of("nvidia.com/gpu", 8)),
                new TreeMap<>(Map.of("nvidia.com/gpu", new Size("32Gi"))),
                0,
                0));
  }

  @Test
  void takingTurns() {
    GpuPlan plan = plan(timeSlicing(4, true), "2xA100-40GB");
    assertThat(plan.resources()).isEqualTo(Map.of("nvidia.com/gpu", 8));
    assertThat(plan.memory())
        .as("a fair share")
        .isEqualTo(Map.of("nvidia.com/gpu", new Size("10Gi")));
    assertThat(plan.mig()).isEmpty();
    assertThat(plan.sharing())
        .contains(new SharingConfig(SharingConfig.Strategy.TIME_SLICING, 4, true));
  }

  @Test
  void sharingAtTheSameTime() {
    GpuPlan plan = plan(mps(48), "1xL40S-48GB");
    assertThat(plan.resources()).isEqualTo(Map.of("nvidia.com/gpu", 48));
    assertThat(plan.memory()).isEqualTo(Map.of("nvidia.com/gpu", new Size("1Gi")));
    assertThat(plan.sharing()).contains(new SharingConfig(SharingConfig.Strategy.MPS, 48, true));
  }

  @Test
  void anUnknownModelCanBeSharedButNotDivided() {
    GpuPlan plan = plan(mps(2), "1xMystery");
    assertThat(plan.resources()).isEqualTo(Map.of("nvidia.com/gpu", 2));
    assertThat(plan.memory()).as("nobody knows its memory").isEmpty();
  }

  @ParameterizedTest(name = "{0} by {1}: {3}")
  @CsvSource(
      delimiter = '|',
      value = {
        "1xL4-24GB*1/8*2861Mi | 1 | 2861Mi | what the cloud says of a share",
        "1xA100-80GB*1/8 | 1 | 10Gi | its part of what its model has",
        "1xL4-24GB*1/2 | 4 | 3Gi | shares of a share",
        "1xT4-16GB | 32 | 512Mi | less than one Gi is not nothing",
        "1xA100-80GB | 7 | 11702Mi | rounded down",
        "1xMystery**47Gi | 1 | 47Gi | a model that only the cloud knows",
        "1xL4-24GB**22888Mi | 1 | 24Gi | whole ones as NVIDIA calls them"
      })
  void memoryOfWhatAPodGets(String machine, int replicas, String memory, String reason) {
    GpuPlan plan = plan(replicas == 1 ? none() : timeSlicing(replicas, true), machine);
    assertThat(plan.memory()).as(reason).isEqualTo(Map.of("nvidia.com/gpu", new Size(memory)));
  }

  @Test
  void fallbacksHaveAsMuchOfAGpu() {
    assertThat(refusal(none(), "1xL4-24GB*1/8", "1xL4-24GB", "1xL4-24GB*1/8*2861Mi"))
        .containsExactly(
            "machineTypes[1]: type1 has whole GPUs, but type0 has 1/8 of a GPU; name fall-backs"
                + " with as much of a GPU, or make it a pool of its own");
  }

  @Test
  void thePlanBearsTheModelsFirstName() {
    assertThat(plan(layout("1g.34gb*7"), "8xB300-288GB").model()).isEqualTo("B300-269GB");
    assertThat(plan(layout("1g.23gb*7"), "4xGB200-185GB").model())
        .as("as EC2 counts it")
        .isEqualTo("GB200-186GB");
  }

  @Test
  void shareLimits() {
    assertThat(refusal(mps(49), "1xA100-80GB"))
        .containsExactly(
            "gpu.mps.replicas: MPS serves at most 48 programs on one A100-80GB, not 49;"
                + " use 48 or fewer, or timeSlicing");
    assertThat(refusal(mps(17), "1xV100-16GB", "1xP100-16GB"))
        .as("every machine type of the pool must be able to")
        .containsExactly(
            "gpu.mps.replicas: MPS serves at most 16 programs on one P100-16GB, not 17;"
                + " use 16 or fewer, or timeSlicing");
    assertThat(refusal(mps(1), "1xA100-80GB"))
        .containsExactly("gpu.mps.replicas: 1 is not sharing; use 2 or more, or partitioning none");
    assertThat(refusal(timeSlicing(0, true), "1xA100-80GB"))
        .containsExactly(
            "gpu.timeSlicing.replicas: 0 is not sharing; use 2 or more, or partitioning" + " none");
  }

  @Test
  void exactlyOneWay() {
    var nothing =
        new Partitioning(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    var both = new Partitioning(none().none(), Optional.empty(), Optional.empty(), mps(2).mps());
    assertThat(refusal(nothing, "1xA100-80GB"))
        .containsExactly(
            "gpu: names 0 ways to divide a GPU; set one of none, mig, timeSlicing and mps");
    assertThat(refusal(both, "1xA100-80GB"))
        .containsExactly(
            "gpu: names 2 ways to divide a GPU; set one of none, mig, timeSlicing and mps");
    var served =
        new Partitioning(
            Optional.empty(), layout("1g.10gb*7").mig(), Optional.empty(), mps(2).mps());
    assertThat(refusal(served, "1xA100-80GB"))
        .containsExactly(
            "gpu: asks for mps and mig, and MPS does not work on MIG slices; set one of none, mig,"
                + " timeSlicing and mps");
  }

  @Test
  void fallbacksOfferTheSame() {
    assertThat(refusal(layout("1g.10gb*7"), "2xA100-80GB", "2xH100-80GB", "4xA100-80GB"))
        .containsExactly(
            "machineTypes[1]: type1 has GPUs of model H100-80GB, but type0 has A100-80GB, and MIG"
                + " divides only one model in a pool; name fall-backs with A100-80GB, or make it a"
                + " pool of its own",
            "machineTypes[2]: type2 has 4 GPUs, but type0 has 2;"
                + " name fall-backs with equally many GPUs, or make it a pool of its own");
    assertThat(plan(none(), "2xA100-80GB", "2xV100-32GB").memory())
        .as("whole GPUs of any model are asked for alike; the smallest memory is sure")
        .isEqualTo(Map.of("nvidia.com/gpu", new Size("32Gi")));
    assertThat(plan(layout("1g.34gb*7"), "8xB300-288GB", "8xB300-269GB").count())
        .as("aliases")
        .isEqualTo(8);
  }

  @Test
  void noMachineTypeIsOurBug() {
    assertThatThrownBy(() -> plan(none())).isInstanceOf(IllegalArgumentException.class);
  }
}
