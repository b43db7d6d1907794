package dev.isobar.function.compose.gpu.geometry;

import dev.isobar.apis.decode.Mistake;
import java.util.List;
import java.util.Optional;

/**
 * A GPU product.
 *
 * @param name FAMILY-MEMORY, for example {@code A100-80GB}; the memory is that of NVIDIA's largest
 *     MIG profile where there is one, because profile names follow it, otherwise NVIDIA's marketing
 *     figure
 * @param aliases other names in use for it, for example with the marketing figure
 * @param gigabytes its memory; absent when the model's name does not tell
 * @param division whether and how MIG divides it
 * @param mpsClients how many programs an MPS server of it takes: 48, before Volta 16 (NVIDIA's MPS
 *     guide; cmd/mps-control-daemon/mps/device.go of k8s-device-plugin)
 */
public record GpuModel(
    String name,
    List<String> aliases,
    Optional<Integer> gigabytes,
    Division division,
    int mpsClients) {
  /** Copies the list. */
  public GpuModel {
    aliases = List.copyOf(aliases);
  }

  /** Whether and how MIG divides a product. */
  public sealed interface Division {
    /** MIG divides it. */
    record Divisible(MigGeometry geometry) implements Division {}

    /** It has no MIG. */
    record Indivisible() implements Division {}

    /**
     * It has MIG, but NVIDIA's tables differ between driver branches, so no layout could be
     * promised.
     */
    record Unsettled() implements Division {}

    /** Nothing is known of the product. */
    record Unknown() implements Division {}

    /**
     * The Cloud describes it, but wrongly.
     *
     * @param mistakes what is wrong, at least one
     */
    record Misdescribed(List<Mistake> mistakes) implements Division {
      /** Copies the list. */
      public Misdescribed {
        mistakes = List.copyOf(mistakes);
      }
    }
  }

  /** How MIG divides it, if it does and the way is known. */
  public Optional<MigGeometry> geometry() {
    return division instanceof Division.Divisible(MigGeometry geometry)
        ? Optional.of(geometry)
        : Optional.empty();
  }
}
