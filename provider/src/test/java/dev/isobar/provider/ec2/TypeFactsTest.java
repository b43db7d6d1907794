package dev.isobar.provider.ec2;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.apis.compute.Architecture;
import dev.isobar.apis.compute.MachineTypeChoice.GpuNeed;
import dev.isobar.apis.compute.MachineTypeChoice.Requirements;
import dev.isobar.apis.schema.Size;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.services.ec2.model.GpuDeviceInfo;
import software.amazon.awssdk.services.ec2.model.InstanceTypeInfo;

final class TypeFactsTest {
  private static TypeFacts type(String name, int cpu, int gibibytes, TypeFacts.Gpus gpus) {
    Set<Architecture> one = Set.of(name.contains("g.") ? Architecture.arm64 : Architecture.amd64);
    return new TypeFacts(
        name,
        cpu,
        gibibytes * 1024L,
        one,
        Optional.ofNullable(gpus),
        true,
        TypeFacts.Generation.CURRENT,
        1,
        0);
  }

  private static TypeFacts.Gpus l4(int count) {
    return new TypeFacts.Gpus(true, "L4-24GB", count, 22888, Optional.empty());
  }

  private static final List<TypeFacts> TYPES =
      List.of(
          type("m7i.large", 2, 8, null),
          type("m7g.large", 2, 8, null),
          type("m7i.xlarge", 4, 16, null),
          type("c7i.xlarge", 4, 8, null),
          type("g6.12xlarge", 48, 192, l4(4)),
          type("g6.xlarge", 4, 16, l4(1)),
          type("g6f.large", 2, 8, new TypeFacts.Gpus(true, "L4-24GB", 1, 2861, Optional.of("1/8"))),
          type(
              "g4ad.xlarge",
              4,
              16,
              new TypeFacts.Gpus(false, "RADEON-PRO-V520-8GB", 1, 8192, Optional.empty())),
          new TypeFacts(
              "m5.large",
              2,
              8192,
              Set.of(Architecture.amd64),
              Optional.empty(),
              true,
              TypeFacts.Generation.EARLIER,
              1,
              0),
          new TypeFacts(
              "m7i.metal-24xl",
              96,
              1,
              Set.of(Architecture.amd64),
              Optional.empty(),
              false,
              TypeFacts.Generation.CURRENT,
              1,
              0));

  private static Requirements need(
      Integer cpu, String memory, Architecture architecture, GpuNeed gpu) {
    return new Requirements(
        Optional.ofNullable(cpu),
        Optional.ofNullable(memory).map(Size::new),
        Optional.ofNullable(architecture),
        Optional.ofNullable(gpu));
  }

  private static GpuNeed gpu(String model, int count, String memory) {
    return new GpuNeed(
        Optional.ofNullable(model), count, Optional.ofNullable(memory).map(Size::new));
  }

  static Stream<Arguments> rows() {
    return Stream.of(
        Arguments.of(
            "types with GPUs are for those who need one",
            need(4, null, null, null),
            List.of("c7i.xlarge", "m7i.xlarge")),
        Arguments.of(
            "both architectures, the same size by name",
            need(null, null, null, null),
            List.of("m7g.large", "m7i.large", "c7i.xlarge", "m7i.xlarge")),
        Arguments.of(
            "one architecture", need(1, null, Architecture.arm64, null), List.of("m7g.large")),
        Arguments.of("memory", need(null, "9Gi", null, null), List.of("m7i.xlarge")),
        Arguments.of(
            "a whole GPU of NVIDIA, no share of one",
            need(null, null, null, gpu(null, 1, null)),
            List.of("g6.xlarge")),
        Arguments.of(
            "so many of a model",
            need(null, null, null, gpu("L4-24GB", 4, "22Gi")),
            List.of("g6.12xlarge")),
        Arguments.of(
            "memory as the driver sees it",
            need(null, null, null, gpu(null, 1, "24Gi")),
            List.of()));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("rows")
  void typesByNeed(String reason, Requirements need, List<String> names) {
    assertThat(
            TYPES.stream()
                .filter(type -> type.fits(need))
                .sorted(TypeFacts.smallestFirst())
                .map(TypeFacts::name)
                .toList())
        .as(reason)
        .isEqualTo(names);
  }

  @Test
  void sharesOfGpusAreCountedAsEc2Does() {
    var described =
        InstanceTypeInfo.builder()
            .instanceType("g6f.large")
            .currentGeneration(true)
            .vCpuInfo(cpu -> cpu.defaultVCpus(2))
            .memoryInfo(memory -> memory.sizeInMiB(8192L))
            .processorInfo(processor -> processor.supportedArchitecturesWithStrings("x86_64"))
            .networkInfo(network -> network.maximumNetworkCards(1).efaSupported(false))
            .gpuInfo(info ->
                info.gpus(
                    GpuDeviceInfo.builder()
                        .name("L4")
                        .manufacturer("NVIDIA")
                        .count(0)
                        .logicalGpuCount(1)
                        .gpuPartitionSize(0.125)
                        .memoryInfo(memory -> memory.sizeInMiB(2861))
                        .build()))
            .build();
    assertThat(TypeFacts.of(described))
        .isEqualTo(
            new TypeFacts(
                "g6f.large",
                2,
                8192,
                Set.of(Architecture.amd64),
                Optional.of(new TypeFacts.Gpus(true, "L4-24GB", 1, 2861, Optional.of("1/8"))),
                true,
                TypeFacts.Generation.CURRENT,
                1,
                0));
  }
}
