package dev.isobar.function.compose.gpu.geometry;

import java.util.List;

/**
 * One kind of GPU instance that a product can be divided into.
 *
 * @param name as NVIDIA spells it for the product: {@code 1g.10gb}, {@code 1g.10gb+me}, {@code
 *     1g.24gb-me}
 * @param gigabytes the memory in its name, in NVIDIA's rounding; what a program can use is a little
 *     less
 * @param computeSlices compute slices it takes
 * @param memorySlices memory slices it takes, side by side
 * @param limit how many of it a GPU holds at most
 * @param starts the memory slices it may begin at
 * @param mediaEngines decoders it takes, and as many encoders and JPEG engines
 * @param mediaExtensions sets of media extensions it takes
 */
public record MigProfile(
    String name,
    int gigabytes,
    int computeSlices,
    int memorySlices,
    int limit,
    List<Integer> starts,
    int mediaEngines,
    int mediaExtensions) {
  /** Copies the list. */
  public MigProfile {
    starts = List.copyOf(starts);
  }

  /**
   * The extended resource under MIG strategy {@code mixed}; a plus cannot stand in a resource name,
   * so NVIDIA's device plugin makes it a dot (internal/rm/rm.go of k8s-device-plugin).
   */
  public String resource() {
    return "nvidia.com/mig-" + name.replace('+', '.');
  }

  /**
   * What stands behind the memory in the name: {@code +me}, {@code -me}, {@code +gfx} or nothing.
   */
  public String attribute() {
    return name.substring(name.indexOf("gb") + 2);
  }
}
