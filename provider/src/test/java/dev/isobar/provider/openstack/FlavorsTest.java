package dev.isobar.provider.openstack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.apis.compute.Architecture;
import dev.isobar.apis.compute.MachineTypeChoice.GpuNeed;
import dev.isobar.apis.compute.MachineTypeChoice.Requirements;
import dev.isobar.apis.schema.Size;
import dev.isobar.provider.openstack.compute.Flavor;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What flavors say of GPUs, and which are chosen. */
final class FlavorsTest {
  @ParameterizedTest
  @CsvSource({
    "g1, pci_passthrough:alias, h100-80gb:8, H100-80GB x 8, an alias with all in its name",
    "g2.a100-40gb.2, pci_passthrough:alias, a100:2, A100-40GB x 2, the flavor tells the memory",
    "g3, pci_passthrough:alias, a100:2, A100 x 2, nobody tells the memory",
    "g4, pci_passthrough:alias, 'l4:1,mlx5:2', L4-24GB x 1, cards beside GPUs are no GPUs",
    "g5, pci_passthrough:alias, gpu:4, GPU x 4, a GPU of no name",
    "g6, resources:VGPU, 1, GPU x 1, a virtual one",
    "g7, resources:CUSTOM_GPU_V100_32GB, 2, V100-32GB x 2, a class of the operator's",
    "g8, resources1:VGPU, 2, GPU x 2, in a group",
    "g9, resources:CUSTOM_PCI_10DE_2330, 1, , numbers mean nothing to a client",
    "m1, hw:cpu_policy, dedicated, , no GPU",
    "m2, resources:VCPU, 0, , bare metal without a GPU",
    "l400.large, hw:mem_page_size, large, , a name alone makes no GPU"
  })
  void gpusAreRead(String name, String spec, String value, String gpus, String why) {
    Optional<String> read =
        FlavorReading.gpus(Servers.flavor(name, Map.of(spec, value)))
            .map(found -> found.model() + " x " + found.count());
    assertThat(read).as(why).isEqualTo(Optional.ofNullable(gpus));
  }

  private static Flavor flavor(String name, int cpu, int memory, Map<String, String> specs) {
    return new Flavor(name, name, cpu, memory, 0, new TreeMap<>(specs));
  }

  private static final List<Flavor> FLAVORS =
      List.of(
          flavor("large", 8, 16384, Map.of()),
          flavor("small", 2, 4096, Map.of()),
          flavor("arm", 2, 4096, Map.of("trait:HW_ARCH_AARCH64", "required")),
          flavor("gpu", 16, 65536, Map.of("pci_passthrough:alias", "a100-80gb:1")),
          flavor("gpus", 32, 131072, Map.of("pci_passthrough:alias", "a100-80gb:2")));

  private static Requirements need(
      Integer cpu, String memory, Architecture architecture, GpuNeed gpu) {
    return new Requirements(
        Optional.ofNullable(cpu),
        Optional.ofNullable(memory).map(Size::new),
        Optional.ofNullable(architecture),
        Optional.ofNullable(gpu));
  }

  private static GpuNeed gpus(String model, int count, String memory) {
    return new GpuNeed(
        Optional.ofNullable(model), count, Optional.ofNullable(memory).map(Size::new));
  }

  @Test
  void flavorsAreChosenByNeed() {
    assertThat(FlavorChoice.of(FLAVORS, need(null, null, Architecture.amd64, null)))
        .as("the smallest first, and no GPUs for who needs none")
        .containsExactly("small", "large");
    assertThat(FlavorChoice.of(FLAVORS, need(4, null, null, null))).containsExactly("large");
    assertThat(FlavorChoice.of(FLAVORS, need(null, "5Gi", null, null))).containsExactly("large");
    assertThat(FlavorChoice.of(FLAVORS, need(null, null, Architecture.arm64, null)))
        .containsExactly("arm");
    assertThat(FlavorChoice.of(FLAVORS, need(null, null, null, gpus(null, 1, null))))
        .containsExactly("gpu");
    assertThat(FlavorChoice.of(FLAVORS, need(null, null, null, gpus("A100-80GB", 2, "80Gi"))))
        .containsExactly("gpus");
    assertThat(FlavorChoice.of(FLAVORS, need(null, null, null, gpus("A100-40GB", 2, null))))
        .isEmpty();
  }
}
