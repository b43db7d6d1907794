package dev.isobar.provider.openstack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.apis.compute.GpuMark;
import dev.isobar.apis.compute.MachineType.GpuFacts;
import dev.isobar.apis.decode.Decoded;
import dev.isobar.apis.decode.Decoder;
import dev.isobar.apis.tree.Tree;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** GPUs of flavors by the operator's marks. */
final class MarkedGpusTest {
  private static GpuMark mark(
      String kind, String value, String model, String partition, int count) {
    Map<String, Object> fields = new TreeMap<>(Map.of(kind, value, "model", model));
    if (!partition.isEmpty()) {
      fields.put("partition", partition);
    }
    if (count > 0) {
      fields.put("count", count);
    }
    return switch (Decoder.of(GpuMark.class).decode(Tree.of(fields), "mark")) {
      case Decoded.Valid<GpuMark>(var valid) -> valid;
      case Decoded.Invalid<GpuMark>(var mistakes) -> throw new AssertionError(mistakes);
    };
  }

  private static String words(GpuFacts gpu) {
    return gpu.count()
        + " x "
        + gpu.model()
        + gpu.memory().map(memory -> " of " + memory.text()).orElse("")
        + gpu.partition().map(share -> ", " + share).orElse("");
  }

  @ParameterizedTest(name = "{6}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          alias         | big            | A100-80GB | pci_passthrough:alias | big:4          | 4 x A100-80GB of 80Gi | an alias that tells nothing by itself
          alias         | BIG            | A100-80GB | pci_passthrough:alias | big:4,nic:1    | 4 x A100-80GB of 80Gi | among others, in other letters
          alias         | big            | A100-80GB | pci_passthrough:alias | bigger:4       |                       | another alias
          alias         | big            | A100-80GB | pci_passthrough:alias | big            | 1 x A100-80GB of 80Gi | one when no number is said
          resourceClass | CUSTOM_XY      | L40S-48GB | resources:CUSTOM_XY   | 2              | 2 x L40S-48GB of 48Gi | a class of the operator's
          resourceClass | CUSTOM_XY      | L40S-48GB | resources1:CUSTOM_XY  | 2              | 2 x L40S-48GB of 48Gi | in a group
          resourceClass | CUSTOM_XY      | L40S-48GB | resources:CUSTOM_XY   | 0              |                       | none of it
          resourceClass | CUSTOM_XY      | L40S-48GB | resources:CUSTOM_XYZ  | 2              |                       | another class
          trait         | CUSTOM_A100    | A100-40GB | trait:CUSTOM_A100     | required       | 1 x A100-40GB of 40Gi | a trait has no number
          trait         | CUSTOM_A100    | A100-40GB | trait:CUSTOM_A100     | forbidden      |                       | it must not be there
          trait         | CUSTOM_A100    | A100-40GB | trait:CUSTOM_A1000    | required       |                       | another trait
          flavors       | gpu.*.large    | V100-32GB | hw:cpu_policy         | dedicated      | 1 x V100-32GB of 32Gi | a flavor that hides what it has
          flavors       | gpu.*.small    | V100-32GB | hw:cpu_policy         | dedicated      |                       | another name
          flavors       | gpu.x2.large   | V100-32GB | pci_passthrough:alias | gpu:2          | 2 x V100-32GB of 32Gi | its number is told by an alias
          """)
  void aMarkTellsTheModel(
      String kind, String mark, String model, String spec, String value, String gpus, String why) {
    var flavor = Servers.flavor("gpu.x2.large", Map.of(spec, value));
    assertThat(
            MarkedGpus.of(flavor, List.of(mark(kind, mark, model, "", 0)))
                .map(MarkedGpusTest::words))
        .as(why)
        .isEqualTo(Optional.ofNullable(gpus));
  }

  @Test
  void theFirstMarkCountsAndNamesComeLast() {
    var flavor = Servers.flavor("g1", Map.of("pci_passthrough:alias", "a100-40gb:2"));
    GpuMark other = mark("alias", "none-of-these", "B200-180GB", "", 0);
    GpuMark first = mark("alias", "a100-40gb", "A100-80GB", "", 0);
    GpuMark second = mark("flavors", "*", "H100-80GB", "", 0);
    assertThat(MarkedGpus.of(flavor, List.of(other, first, second)).map(MarkedGpusTest::words))
        .contains("2 x A100-80GB of 80Gi");
    assertThat(MarkedGpus.of(flavor, List.of(other)).map(MarkedGpusTest::words))
        .as("what its names tell")
        .contains("2 x A100-40GB of 40Gi");
  }

  @Test
  void aShareOfAGpuHasNoMemoryOfAWholeOne() {
    var flavor = Servers.flavor("g1", Map.of("resources:VGPU", "1"));
    assertThat(
            MarkedGpus.of(flavor, List.of(mark("resourceClass", "VGPU", "A100-80GB", "1/4", 0)))
                .map(MarkedGpusTest::words))
        .contains("1 x A100-80GB, 1/4");
  }

  @Test
  void theOperatorTellsTheNumberWhereTheFlavorDoesNot() {
    var flavor = Servers.flavor("bm.gpu8", Map.of());
    assertThat(
            MarkedGpus.of(flavor, List.of(mark("flavors", "bm.*", "H200-141GB", "", 8)))
                .map(MarkedGpusTest::words))
        .contains("8 x H200-141GB of 141Gi");
  }

  @ParameterizedTest
  @CsvSource({
    "g2.a100.2, g2.a100.2, true", "g2.a100.2, g2.a100, false", "g2.a100.2, *, true",
    "g2.a100.2, g2.*, true", "g2.a100.2, *.2, true", "g2.a100.2, *a100*, true",
    "g2.a100.2, g*a*2, true", "g2.a100.2, g*b*2, false", "aa, a*aa, false",
    "g2, g2*, true", "a.c, a*.*c, true", "(x, (*, true"
  })
  void starsStandForAnyText(String name, String pattern, boolean like) {
    assertThat(MarkedGpus.isLike(name, pattern)).isEqualTo(like);
  }
}
