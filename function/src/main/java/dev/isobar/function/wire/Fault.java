package dev.isobar.function.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * A bug of this function, met while answering.
 *
 * @param id names the fault in the result and in the log; never its message, which may hold what is
 *     secret
 */
public record Fault(String id, Throwable cause) {
  private static final int ID_BYTES = 6;
  private static final int FRAMES = 8;
  private static final int LINKS = 8;

  /**
   * A fault with an id made from what failed and where.
   *
   * <p>Not a random one: core writes the text into a condition of the composite, and a text that
   * differs on every call would make it write, and call again, without end.
   */
  static Fault of(Throwable cause) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      int links = 0;
      for (Throwable link = cause; link != null && links < LINKS; link = link.getCause(), links++) {
        digest.update(link.getClass().getName().getBytes(UTF_8));
        Arrays.stream(link.getStackTrace())
            .takeWhile(frame -> !frame.getClassName().equals(RunFunction.class.getName()))
            .limit(FRAMES)
            .forEach(frame -> digest.update(frame.toString().getBytes(UTF_8)));
      }
      return new Fault(HexFormat.of().formatHex(digest.digest(), 0, ID_BYTES), cause);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every JDK has SHA-256", impossible);
    }
  }
}
