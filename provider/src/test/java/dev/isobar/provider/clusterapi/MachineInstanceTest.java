package dev.isobar.provider.clusterapi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.apis.compute.CloudObject;
import dev.isobar.apis.compute.InstanceParameters;
import dev.isobar.apis.compute.MachineTypeChoice;
import dev.isobar.apis.compute.ProviderConfigRef;
import dev.isobar.apis.compute.UserDataSource.Compression;
import dev.isobar.apis.infrastructure.GpuMachineSpec;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each machine has the whole list of types and zones, so that each finds a place by itself. */
final class MachineInstanceTest {
  private static List<String> words(String text) {
    return Stream.of(text.split(" ")).filter(word -> !word.isEmpty()).toList();
  }

  private static InstanceParameters made(List<String> types, List<String> where, List<String> at) {
    var machine =
        new GpuMachineSpec(
            Optional.empty(),
            new ProviderConfigRef(ProviderConfigRef.Kind.ClusterProviderConfig, "wekeo"),
            types,
            new CloudObject(Optional.empty(), Optional.of("image-1")),
            Optional.empty(),
            List.of(),
            List.of(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Map.of(),
            Map.of());
    return MachineInstance.of(
            machine, new Surroundings(List.of(), at), "boot", Compression.None, where)
        .forProvider();
  }

  @ParameterizedTest
  @CsvSource({
    "gpu.a100, '', '', '', one type and wherever the cloud has it",
    "gpu.a100 gpu.l40, a b, '', a b, OpenStack's networks are in all zones",
    "gpu.a100 gpu.l40, a b, b, b, EC2 has a subnet in one of them only",
    "p5 p4d, a b, a b, a b, EC2 has one in each",
    "p5, '', a, a, that of the only subnet where no zone is asked for"
  })
  void allTypesAndZonesAreTriedForEachMachine(
      String types, String where, String at, String zones, String why) {
    InstanceParameters made = made(words(types), words(where), words(at));
    List<String> names = words(types);
    assertThat(made.machineType())
        .as(why)
        .contains(
            names.size() == 1
                ? new MachineTypeChoice(Optional.of(types), Optional.empty(), Optional.empty())
                : new MachineTypeChoice(Optional.empty(), Optional.of(names), Optional.empty()));
    assertThat(made.zones()).as(why).isEqualTo(words(zones));
  }
}
