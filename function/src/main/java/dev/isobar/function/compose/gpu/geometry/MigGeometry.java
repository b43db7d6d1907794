package dev.isobar.function.compose.gpu.geometry;

import java.util.List;
import java.util.Optional;

/**
 * How one product is divided.
 *
 * @param layoutClass what there is to divide
 * @param profiles what it can be divided into, smallest first
 */
public record MigGeometry(MigClass layoutClass, List<MigProfile> profiles) {
  /** Copies the list. */
  public MigGeometry {
    profiles = List.copyOf(profiles);
  }

  /** The profile of this name. */
  public Optional<MigProfile> profile(String name) {
    return profiles.stream().filter(profile -> profile.name().equals(name)).findFirst();
  }

  /**
   * A product with seven compute and eight memory slices, by the gigabytes in its profiles' names:
   * 1g, 1g with twice the memory, 2g, 3g, 4g, 7g. Placements: go-nvml's A100 tables
   * (pkg/nvml/mock/gpus/a100.go), the same for H100 to GB300 in {@code nvidia-smi mig -lgipp}. Only
   * one instance can have the media extensions.
   */
  static MigGeometry l7(int one, int twin, int two, int three, int four, int seven) {
    List<Integer> anywhere = List.of(0, 1, 2, 3, 4, 5, 6);
    return new MigGeometry(
        MigClass.L7,
        List.of(
            new MigProfile("1g." + one + "gb", one, 1, 1, 7, anywhere, 0, 0),
            new MigProfile("1g." + one + "gb+me", one, 1, 1, 1, anywhere, 0, 1),
            new MigProfile("1g." + twin + "gb", twin, 1, 2, 4, List.of(0, 2, 4, 6), 0, 0),
            new MigProfile("2g." + two + "gb", two, 2, 2, 3, List.of(0, 2, 4), 0, 0),
            new MigProfile("3g." + three + "gb", three, 3, 4, 2, List.of(0, 4), 0, 0),
            new MigProfile("4g." + four + "gb", four, 4, 4, 1, List.of(0), 0, 0),
            new MigProfile("7g." + seven + "gb", seven, 7, 8, 1, List.of(0), 0, 0)));
  }

  /**
   * A30: go-nvml's pkg/nvml/mock/gpus/a30.go; one set of media extensions for 1g+me and 2g+me
   * together.
   */
  static MigGeometry l4() {
    List<Integer> anywhere = List.of(0, 1, 2, 3);
    List<Integer> halves = List.of(0, 2);
    return new MigGeometry(
        MigClass.L4,
        List.of(
            new MigProfile("1g.6gb", 6, 1, 1, 4, anywhere, 0, 0),
            new MigProfile("1g.6gb+me", 6, 1, 1, 1, anywhere, 0, 1),
            new MigProfile("2g.12gb", 12, 2, 2, 2, halves, 0, 0),
            new MigProfile("2g.12gb+me", 12, 2, 2, 1, halves, 0, 1),
            new MigProfile("4g.24gb", 24, 4, 4, 1, List.of(0), 0, 0)));
  }

  /**
   * RTX PRO 6000 Blackwell: {@code nvidia-smi mig -lgipp}, and the MIG User Guide's table for
   * counts and engines. An instance with all media engines ({@code +me.all}) leaves the others
   * none, so these must be {@code -me}.
   */
  static MigGeometry l12() {
    List<Integer> quarters = List.of(0, 3, 6, 9);
    List<Integer> halves = List.of(0, 6);
    List<Integer> whole = List.of(0);
    return new MigGeometry(
        MigClass.L12,
        List.of(
            new MigProfile("1g.24gb", 24, 1, 3, 4, quarters, 1, 0),
            new MigProfile("1g.24gb+me", 24, 1, 3, 1, quarters, 1, 1),
            new MigProfile("1g.24gb+gfx", 24, 1, 3, 4, quarters, 1, 0),
            new MigProfile("1g.24gb+me.all", 24, 1, 3, 1, quarters, 4, 1),
            new MigProfile("1g.24gb-me", 24, 1, 3, 4, quarters, 0, 0),
            new MigProfile("2g.48gb", 48, 2, 6, 2, halves, 2, 0),
            new MigProfile("2g.48gb+gfx", 48, 2, 6, 2, halves, 2, 0),
            new MigProfile("2g.48gb+me.all", 48, 2, 6, 1, halves, 4, 1),
            new MigProfile("2g.48gb-me", 48, 2, 6, 2, halves, 0, 0),
            new MigProfile("4g.96gb", 96, 4, 12, 1, whole, 4, 1),
            new MigProfile("4g.96gb+gfx", 96, 4, 12, 1, whole, 4, 1)));
  }
}
