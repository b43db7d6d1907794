package dev.isobar.function.compose.gpu;

/**
 * What a GPU has to divide. Products of one class differ only in the memory of a slice, and so in
 * the names of their profiles.
 *
 * <p>Memory slices are those NVML counts placements in. Sources: placement lists of {@code
 * nvidia-smi mig -lgipp} in NVIDIA's MIG User Guide (getting started), and the media engine columns
 * of its table of supported profiles.
 */
public enum MigClass {
  /** Data centre GPUs from A100 to GB300. */
  L7(7, 8, 0, 1),
  /** A30. */
  L4(4, 4, 0, 1),
  /**
   * RTX PRO 6000 Blackwell, whose decoders, encoders and JPEG engines (four each) are dealt out
   * too.
   */
  L12(4, 12, 4, 1);

  private final int computeSlices;
  private final int memorySlices;
  private final int mediaEngines;
  private final int mediaExtensions;

  MigClass(int computeSlices, int memorySlices, int mediaEngines, int mediaExtensions) {
    this.computeSlices = computeSlices;
    this.memorySlices = memorySlices;
    this.mediaEngines = mediaEngines;
    this.mediaExtensions = mediaExtensions;
  }

  /** Compute slices of a GPU. */
  public int computeSlices() {
    return computeSlices;
  }

  /** Memory slices of a GPU. */
  public int memorySlices() {
    return memorySlices;
  }

  /**
   * Decoders of a GPU, as many encoders and as many JPEG engines; 0 where no profile competes for
   * them.
   */
  public int mediaEngines() {
    return mediaEngines;
  }

  /** Sets of media extensions (optical flow) of a GPU. */
  public int mediaExtensions() {
    return mediaExtensions;
  }
}
