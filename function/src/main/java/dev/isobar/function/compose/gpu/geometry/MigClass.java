package dev.isobar.function.compose.gpu.geometry;

/**
 * What a GPU has to divide. Products of one class differ only in the memory of a slice, and so in
 * the names of their profiles.
 *
 * <p>Memory slices are those NVML counts placements in. Sources: placement lists of {@code
 * nvidia-smi mig -lgipp} in NVIDIA's MIG User Guide (getting started), and the media engine columns
 * of its table of supported profiles.
 *
 * @param computeSlices compute slices of a GPU
 * @param memorySlices memory slices of a GPU
 * @param mediaEngines decoders of a GPU, as many encoders and as many JPEG engines; 0 where no
 *     profile competes for them
 * @param mediaExtensions sets of media extensions (optical flow) of a GPU
 */
public record MigClass(int computeSlices, int memorySlices, int mediaEngines, int mediaExtensions) {
  /** Data centre GPUs from A100 to GB300. */
  public static final MigClass L7 = new MigClass(7, 8, 0, 1);

  /** A30. */
  public static final MigClass L4 = new MigClass(4, 4, 0, 1);

  /**
   * RTX PRO 6000 Blackwell, whose decoders, encoders and JPEG engines (four each) are dealt out
   * too.
   */
  public static final MigClass L12 = new MigClass(4, 12, 4, 1);
}
