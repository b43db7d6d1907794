package dev.isobar.e2e.provider;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;

/** Data for the first start of a machine that is more than any cloud takes as it is. */
public final class BootstrapText {
  private static final int STEPS = 1_600;
  private static final String STEP =
      "- echo 'step %04d of what a node of this pool does when it starts'\n";
  private static final int NOISE = 96 * 1024;

  /** A cloud-config of 100 KiB, of which compression leaves what every cloud takes. */
  public static final String LONG =
      IntStream.range(0, STEPS)
          .mapToObj(STEP::formatted)
          .collect(Collectors.joining("", "#cloud-config\nruncmd:\n", ""));

  /** One of 128 KiB, of which compression leaves twice what any cloud takes. */
  public static final String INCOMPRESSIBLE = "#cloud-config\n# " + noise() + "\n";

  private BootstrapText() {}

  private static String noise() {
    byte[] bytes = new byte[NOISE];
    new Random(8).nextBytes(bytes);
    return Base64.getEncoder().encodeToString(bytes);
  }

  /** What cloud-init makes of what a cloud has for a machine. */
  public static String unpacked(String encoded) {
    byte[] packed = Base64.getDecoder().decode(encoded);
    try (var plain = new GZIPInputStream(new ByteArrayInputStream(packed))) {
      return new String(plain.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException garbled) {
      throw new UncheckedIOException(garbled);
    }
  }
}
