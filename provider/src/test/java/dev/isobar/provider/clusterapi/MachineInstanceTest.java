package dev.isobar.provider.clusterapi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.apis.compute.CloudObject;
import dev.isobar.apis.compute.ImageChoice;
import dev.isobar.apis.compute.InstanceDisk;
import dev.isobar.apis.compute.InstanceParameters;
import dev.isobar.apis.compute.MachineTypeChoice;
import dev.isobar.apis.compute.ProviderConfigRef;
import dev.isobar.apis.compute.RootDisk;
import dev.isobar.apis.compute.UserDataSource.Compression;
import dev.isobar.apis.infrastructure.GpuMachineSpec;
import dev.isobar.apis.platform.DataDisk;
import dev.isobar.apis.platform.Disk;
import dev.isobar.apis.schema.Size;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each machine has the whole list of types and zones, so that each finds a place by itself. */
final class MachineInstanceTest {
  private static List<String> words(String text) {
    return Stream.of(text.split(" ")).filter(word -> !word.isEmpty()).toList();
  }

  private static final CloudObject IMAGE =
      new CloudObject(Optional.empty(), Optional.of("image-1"));

  private static GpuMachineSpec machine(
      List<String> types,
      CloudObject image,
      Optional<Disk> rootDisk,
      List<DataDisk> disks,
      Optional<Boolean> encryptedDisks) {
    return new GpuMachineSpec(
        Optional.empty(),
        new ProviderConfigRef(ProviderConfigRef.Kind.ClusterProviderConfig, "wekeo"),
        types,
        image,
        rootDisk,
        disks,
        encryptedDisks,
        List.of(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Map.of(),
        Map.of());
  }

  private static InstanceParameters made(
      GpuMachineSpec machine, List<String> where, List<String> at) {
    return MachineInstance.of(
            machine, new Surroundings(List.of(), at), "boot", Compression.None, where)
        .forProvider();
  }

  @ParameterizedTest
  @CsvSource({
    "true, as function-isobar has them on EC2",
    "false, as a template of one's own may have them",
    "'', as account and image have it"
  })
  void itsDisksAreThoseThatAreAskedFor(String encrypted, String why) {
    Optional<Boolean> asked =
        Optional.of(encrypted).filter(word -> !word.isEmpty()).map(Boolean::valueOf);
    Optional<RootDisk.Encryption> encryption =
        asked.map(on -> new RootDisk.Encryption(on, Optional.empty()));
    Optional<String> gp3 = Optional.of("gp3");
    GpuMachineSpec machine =
        machine(
            List.of("p5"),
            IMAGE,
            Optional.of(new Disk(new Size("80Gi"), gp3)),
            List.of(new DataDisk("scratch", new Size("1Ti"), gp3, "/scratch")),
            asked);
    InstanceParameters made = made(machine, List.of(), List.of());
    assertThat(made.rootDisk())
        .as(why)
        .contains(
            new RootDisk(
                new Size("80Gi"), gp3, Optional.empty(), Optional.empty(), encryption, true));
    assertThat(made.disks())
        .as(why)
        .containsExactly(
            new InstanceDisk("scratch", new Size("1Ti"), gp3, false, true, encryption));
  }

  /** As Cluster API's own provider has it, whose control planes start from the same Cloud. */
  @Test
  void anImageByNameIsTheOnlyOneThatIsSeen() {
    var named = new CloudObject(Optional.of("ubuntu-2404-kube-v1.35.2"), Optional.empty());
    GpuMachineSpec machine =
        machine(List.of("p5"), named, Optional.empty(), List.of(), Optional.empty());
    assertThat(made(machine, List.of(), List.of()).image())
        .contains(
            new ImageChoice(
                Optional.empty(),
                Optional.of(
                    new ImageChoice.Selector(
                        Optional.of("ubuntu-2404-kube-v1.35.2"),
                        Optional.of("any"),
                        Map.of(),
                        Map.of(),
                        ImageChoice.Pick.Only))));
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
    GpuMachineSpec machine =
        machine(words(types), IMAGE, Optional.empty(), List.of(), Optional.empty());
    InstanceParameters made = made(machine, words(where), words(at));
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
