package dev.isobar.provider.ec2;

import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** Names GPUs as the rest of Isobar does: FAMILY-MEMORY, with the memory their maker sells. */
final class GpuNaming {
  private static final Pattern NOISE = Pattern.compile("\\b(?:NVIDIA|TESLA|SERVER) ");

  /** Sizes in GB that are sold. */
  private static final int[] SOLD = {8, 12, 16, 24, 32, 40, 48, 64, 80, 94, 96, 141, 144, 180};

  /** What error correction and the driver may take away before EC2 counts. */
  private static final double LEAST_SHARE = 0.92;

  private GpuNaming() {}

  /**
   * The name of a product.
   *
   * @param name as EC2 spells it: A10G, RTX PRO Server 6000
   * @param mebibytes of one whole GPU as EC2 counts them, which is up to 8 % less than is sold
   */
  static String model(String name, double mebibytes) {
    String family =
        NOISE.matcher(name.strip().toUpperCase(Locale.ROOT)).replaceAll("").replace(' ', '-');
    return family + "-" + sold(mebibytes / 1024) + "GB";
  }

  private static long sold(double gibibytes) {
    return IntStream.of(SOLD)
        .filter(size -> size >= Math.round(gibibytes) && gibibytes >= LEAST_SHARE * size)
        .asLongStream()
        .findFirst()
        .orElse(Math.round(gibibytes));
  }
}
