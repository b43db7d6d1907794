package dev.isobar.provider.external;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.stream.LongStream;

/**
 * Tells one creation of an Instance's machine from the others: made of the Instance's UID and the
 * number of the creation, so that whoever tries it again after a crash asks with the same one.
 *
 * @param text 52 letters and digits, which fits EC2's limit of 64
 */
public record CreationToken(String text) {
  private static final String ALPHABET = "abcdefghijklmnopqrstuvwxyz234567";

  /** So many letters and digits a SHA-256 has in {@link #ALPHABET}. */
  private static final int LENGTH = 52;

  /** No Instance has had as many creations as this without a name for a machine of them. */
  private static final long MANY = 1000;

  /** The token of a creation; this must never change, because tokens in flight would be lost. */
  public static CreationToken of(String uid, long creation) {
    return new CreationToken(base32(sha256(uid + "/" + creation)));
  }

  private static byte[] sha256(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /**
   * Whether it is that of one of an Instance's creations. Numbers begin anew where somebody took
   * the annotations away, so also the first thousand are tried; not for tokens that are no
   * provider's like this, as most of other people's machines have, because each try costs a hash.
   *
   * @param begun the number of the last one that is known of
   */
  public boolean isOf(String uid, long begun) {
    LongStream latest = LongStream.rangeClosed(0, Math.min(begun, MANY)).map(back -> begun - back);
    return isOfAnInstance()
        && LongStream.concat(latest, LongStream.rangeClosed(1, MANY))
            .anyMatch(creation -> equals(of(uid, creation)));
  }

  private boolean isOfAnInstance() {
    return text.length() == LENGTH && text.chars().allMatch(sign -> ALPHABET.indexOf(sign) >= 0);
  }

  /** RFC 4648, in lower case and without padding. */
  private static String base32(byte[] bytes) {
    StringBuilder text = new StringBuilder();
    int buffer = 0;
    int bits = 0;
    for (byte next : bytes) {
      buffer = ((buffer & 0xff) << 8) | (next & 0xff);
      bits += 8;
      while (bits >= 5) {
        bits -= 5;
        text.append(ALPHABET.charAt(buffer >> bits & 31));
      }
    }
    if (bits > 0) {
      text.append(ALPHABET.charAt(buffer << (5 - bits) & 31));
    }
    return text.toString();
  }
}
