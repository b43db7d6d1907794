package dev.isobar.function.compose.plan;

import dev.isobar.apis.platform.TrustedAuthority;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Checks that what nodes shall trust looks like certificates: PEM around base64 around a DER
 * sequence. One that is none would end the trust of all of them when the node takes them up.
 */
final class AuthorityChecks {
  private static final Pattern BLOCK =
      Pattern.compile("-----BEGIN CERTIFICATE-----([^-]*)-----END CERTIFICATE-----");

  /** The first byte of everything X.509. */
  private static final byte SEQUENCE = 0x30;

  private static final String REMEDY =
      "put in the certificate of the authority itself, from -----BEGIN CERTIFICATE----- to"
          + " -----END CERTIFICATE-----";

  private final Mistakes mistakes;

  AuthorityChecks(Mistakes mistakes) {
    this.mistakes = mistakes;
  }

  void check(List<TrustedAuthority> authorities, String path) {
    for (int i = 0; i < authorities.size(); i++) {
      String place = path + "[" + i + "].certificate";
      problem(authorities.get(i).certificate())
          .ifPresent(problem -> mistakes.add(place, problem, REMEDY));
    }
  }

  private static Optional<String> problem(String text) {
    if (text.contains("PRIVATE KEY")) {
      return Optional.of("holds a private key, which every node would get");
    }
    Matcher blocks = BLOCK.matcher(text);
    if (!blocks.find()) {
      return Optional.of("is no certificate in PEM form");
    }
    do {
      if (!certificate(blocks.group(1))) {
        return Optional.of("is a certificate in PEM form around something else, or cut short");
      }
    } while (blocks.find());
    return Optional.empty();
  }

  private static boolean certificate(String block) {
    try {
      byte[] bytes = Base64.getDecoder().decode(block.replaceAll("\\s", ""));
      return bytes.length > 1 && bytes[0] == SEQUENCE && bytes.length == length(bytes);
    } catch (IllegalArgumentException _) {
      return false; // not base64
    }
  }

  /** How long the sequence says it is, with its head. */
  private static int length(byte[] bytes) {
    int first = bytes[1] & 0xff;
    int more = first - 0x80;
    if (more < 0) {
      return 2 + first;
    }
    int length = 0;
    for (int i = 0; i < more && i < 3 && 2 + i < bytes.length; i++) {
      length = (length << 8) | (bytes[2 + i] & 0xff);
    }
    return 2 + more + length;
  }
}
