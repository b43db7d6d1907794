package dev.isobar.provider.external;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.apis.compute.CloudStatus.Quota;
import dev.isobar.apis.compute.MachineType;
import dev.isobar.provider.external.Supply.Facility;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What every cloud answers that is asked what it has; each implementation runs it. */
public abstract class SupplyContract {
  /** What is held to the contract. */
  protected abstract Supply supply();

  /** What somebody else would hear whose credentials the cloud does not accept. */
  protected abstract Supply refused();

  /** A machine type that there is, with processors and memory. */
  protected abstract String machineType();

  /** A machine type with GPUs that there is. */
  protected abstract String gpuType();

  /** Name of an image of the project. */
  protected abstract String image();

  private static <T> T answered(Response<T> answer) {
    return switch (answer) {
      case Response.Answered<T>(var value) -> value;
      case Response.Failed<T>(var failure) -> throw new AssertionError(failure);
    };
  }

  @Test
  void machineTypesSayWhatTheyHave() {
    List<MachineType> types = answered(supply().machineTypes(List.of()));
    assertThat(types.stream().map(MachineType::name)).doesNotHaveDuplicates();
    MachineType plain = named(types, machineType());
    assertThat(plain.cpu()).isPresent();
    assertThat(plain.memory()).isPresent();
    assertThat(plain.gpu()).isEmpty();
    MachineType gpus = named(types, gpuType());
    assertThat(gpus.gpu()).isPresent();
    assertThat(gpus.gpu().orElseThrow().count()).isPositive();
    assertThat(gpus.gpu().orElseThrow().model()).matches("[A-Z0-9-]+-[0-9]+GB");
  }

  private static MachineType named(List<MachineType> types, String name) {
    return types.stream()
        .filter(type -> type.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new AssertionError(name + " is not among " + types));
  }

  @Test
  void imagesOfTheProjectAreListed() {
    for (List<String> owners : List.of(List.<String>of(), List.of("self"))) {
      List<ListedImage> images = answered(supply().images(owners));
      assertThat(images.stream().map(ListedImage::id)).doesNotHaveDuplicates().doesNotContain("");
      assertThat(images.stream().map(ListedImage::name)).as("of %s", owners).contains(image());
    }
  }

  @Test
  void thereIsAZone() {
    assertThat(answered(supply().zones())).isNotEmpty().doesNotHaveDuplicates().doesNotContain("");
  }

  @ParameterizedTest
  @EnumSource(Facility.class)
  void limitsAreToldOrNot(Facility facility) {
    for (Quota one : answered(supply().quota(facility))) {
      assertThat(one.resource()).isNotEmpty();
      assertThat(one.limit()).isGreaterThanOrEqualTo(-1);
      assertThat(one.used()).isNotNegative();
    }
  }

  @Test
  void whoIsNotAcceptedHearsSoFromEveryQuestion() {
    Supply refused = refused();
    assertRefused(refused.machineTypes(List.of()));
    assertRefused(refused.images(List.of()));
    assertRefused(refused.zones());
    assertRefused(refused.quota(Facility.NETWORKS));
  }

  private static void assertRefused(Response<?> answer) {
    assertThat(answer)
        .isInstanceOfSatisfying(
            Response.Failed.class,
            failed ->
                assertThat(failed.failure()).isInstanceOf(Failure.AuthenticationFailed.class));
  }
}
