package dev.isobar.function.compose.gpu.geometry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.function.compose.gpu.geometry.GpuModel.Division;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class GpuModelsTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "A100-40GB     | 1g.5gb  1g.5gb+me  1g.10gb 2g.10gb 3g.20gb  4g.20gb  7g.40gb",
        "A800-40GB     | 1g.5gb  1g.5gb+me  1g.10gb 2g.10gb 3g.20gb  4g.20gb  7g.40gb",
        "A100-80GB     | 1g.10gb 1g.10gb+me 1g.20gb 2g.20gb 3g.40gb  4g.40gb  7g.80gb",
        "A800-80GB     | 1g.10gb 1g.10gb+me 1g.20gb 2g.20gb 3g.40gb  4g.40gb  7g.80gb",
        "H100-80GB     | 1g.10gb 1g.10gb+me 1g.20gb 2g.20gb 3g.40gb  4g.40gb  7g.80gb",
        "H800-80GB     | 1g.10gb 1g.10gb+me 1g.20gb 2g.20gb 3g.40gb  4g.40gb  7g.80gb",
        "H100-94GB     | 1g.12gb 1g.12gb+me 1g.24gb 2g.24gb 3g.47gb  4g.47gb  7g.94gb",
        "H800-94GB     | 1g.12gb 1g.12gb+me 1g.24gb 2g.24gb 3g.47gb  4g.47gb  7g.94gb",
        "H100-96GB     | 1g.12gb 1g.12gb+me 1g.24gb 2g.24gb 3g.48gb  4g.48gb  7g.96gb",
        "H20-96GB      | 1g.12gb 1g.12gb+me 1g.24gb 2g.24gb 3g.48gb  4g.48gb  7g.96gb",
        "GH200-96GB    | 1g.12gb 1g.12gb+me 1g.24gb 2g.24gb 3g.48gb  4g.48gb  7g.96gb",
        "PG506-96GB    | 1g.12gb 1g.12gb+me 1g.24gb 2g.24gb 3g.48gb  4g.48gb  7g.96gb",
        "H200-141GB    | 1g.18gb 1g.18gb+me 1g.35gb 2g.35gb 3g.71gb  4g.71gb  7g.141gb",
        "GH200-144GB   | 1g.18gb 1g.18gb+me 1g.36gb 2g.36gb 3g.72gb  4g.72gb  7g.144gb",
        "B200-180GB    | 1g.23gb 1g.23gb+me 1g.45gb 2g.45gb 3g.90gb  4g.90gb  7g.180gb",
        "GB200-186GB   | 1g.23gb 1g.23gb+me 1g.47gb 2g.47gb 3g.93gb  4g.93gb  7g.186gb",
        "GB200-189GB   | 1g.23gb 1g.23gb+me 1g.47gb 2g.47gb 3g.95gb  4g.95gb  7g.189gb",
        "B300-269GB    | 1g.34gb 1g.34gb+me 1g.67gb 2g.67gb 3g.135gb 4g.135gb 7g.269gb",
        "GB300-278GB   | 1g.35gb 1g.35gb+me 1g.70gb 2g.70gb 3g.139gb 4g.139gb 7g.278gb",
        "A30-24GB      | 1g.6gb  1g.6gb+me 2g.12gb 2g.12gb+me 4g.24gb",
        "RTX-PRO-6000-96GB | 1g.24gb 1g.24gb+me 1g.24gb+gfx 1g.24gb+me.all 1g.24gb-me"
            + " 2g.48gb 2g.48gb+gfx 2g.48gb+me.all 2g.48gb-me 4g.96gb 4g.96gb+gfx",
      })
  void profilesAreNamedAsNvidiaNamesThem(String model, String profiles) {
    List<String> names =
        GpuModels.known().named(model).geometry().orElseThrow().profiles().stream()
            .map(MigProfile::name)
            .toList();
    assertThat(names).containsExactly(profiles.split(" +"));
  }

  @Test
  void theTableAboveIsComplete() {
    assertThat(GpuModels.known().all().stream().filter(model -> model.geometry().isPresent()))
        .hasSize(21);
  }

  @Test
  void namesAndAliasesAreUniqueAndTellTheMemory() {
    var names = new ArrayList<String>();
    for (GpuModel model : GpuModels.known().all()) {
      names.add(model.name());
      names.addAll(model.aliases());
      assertThat(model.name()).as("FAMILY-MEMORY").matches("[A-Z0-9]+(-[A-Z0-9]+)*-[0-9]+GB");
      assertThat(model.gigabytes()).as(model.name()).isPresent();
      model
          .geometry()
          .ifPresent(geometry ->
              assertThat(geometry.profiles().getLast().gigabytes())
                  .as("%s is named after its largest profile", model.name())
                  .isEqualTo(model.gigabytes().orElseThrow()));
    }
    assertThat(names).doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @CsvSource({
    "B300-288GB, B300-269GB, marketing size",
    "GB300-288GB, GB300-278GB, marketing size",
    "B200-192GB, B200-180GB, marketing size",
    "H100-NVL-94GB, H100-94GB, the form factor says nothing the memory does not",
    "A100-80GB, A100-80GB, no alias",
    "X1-1GB, X1-1GB, unknown",
  })
  void aliasesLeadToTheProduct(String asked, String name, String reason) {
    assertThat(GpuModels.known().named(asked).name()).as(reason).isEqualTo(name);
  }

  @ParameterizedTest
  @CsvSource({
    "V100-32GB, Indivisible, 48",
    "T4-16GB, Indivisible, 48",
    "L40S-48GB, Indivisible, 48",
    "RTX-6000-ADA-48GB, Indivisible, 48",
    "P100-16GB, Indivisible, 16",
    "RTX-PRO-5000-48GB, Unsettled, 48",
    "A100-80GB, Divisible, 48",
    "A100-64GB, Unknown, 48",
  })
  void divisionAndMpsLimit(String name, String division, int mpsClients) {
    GpuModel model = GpuModels.known().named(name);
    assertThat(model.division().getClass().getSimpleName()).isEqualTo(division);
    assertThat(model.mpsClients()).isEqualTo(mpsClients);
  }

  @Test
  void anUnknownModelIsKnownByItsNameOnly() {
    assertThat(GpuModels.known().named("A100-64GB").gigabytes()).contains(64);
    assertThat(GpuModels.known().named("Mystery"))
        .isEqualTo(
            new GpuModel("Mystery", List.of(), Optional.empty(), new Division.Unknown(), 48));
  }

  @Test
  void resourcesAreNamedLikeTheDevicePluginNamesThem() {
    var resources = new TreeSet<String>();
    for (MigProfile profile :
        GpuModels.known().named("RTX-PRO-6000-96GB").geometry().orElseThrow().profiles()) {
      resources.add(profile.resource());
    }
    assertThat(resources)
        .contains(
            "nvidia.com/mig-1g.24gb",
            "nvidia.com/mig-1g.24gb.me",
            "nvidia.com/mig-1g.24gb.me.all",
            "nvidia.com/mig-1g.24gb.gfx",
            "nvidia.com/mig-1g.24gb-me");
  }
}
