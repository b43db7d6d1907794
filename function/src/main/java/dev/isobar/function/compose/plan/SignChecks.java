package dev.isobar.function.compose.plan;

import dev.isobar.apis.decode.Encoder;
import java.util.List;
import java.util.Set;

/**
 * Checks that no text has a sign that nothing takes: a line break, a tab or another control
 * character ends a name, a flag or a line of a file where it is written down, and is seen by nobody
 * who looks for the reason. Certificates have lines, and so has what add-ons bring.
 */
public final class SignChecks {
  /** Where whole files stand, of add-ons and of ingress controllers. */
  private static final List<String> FILES =
      List.of("spec.addons.extra", "spec.addons.values", "spec.jupyterhub.ingress.annotations");

  private static final String CERTIFICATE = ".certificate";
  private static final int LONGEST = 60;

  /** An empty end of these is a wish like any other. */
  private static final Set<String> PREFIXES =
      Set.of("spec.security.oidc.usernamePrefix", "spec.security.oidc.groupsPrefix");

  private final Mistakes mistakes;

  /** Checks that add what they find to the mistakes. */
  public SignChecks(Mistakes mistakes) {
    this.mistakes = mistakes;
  }

  /** Checks all texts of a claim's spec. */
  public void check(Record spec) {
    ClaimTexts.each(Encoder.onlySet(spec), "spec", this::check);
  }

  private void check(String path, String text) {
    if (FILES.stream().anyMatch(path::startsWith) || path.endsWith(CERTIFICATE)) {
      return;
    }
    String plain = plain(text);
    if (text.chars().anyMatch(Character::isISOControl)) {
      mistakes.add(
          path,
          "has " + name(text) + " in it, which nothing takes here",
          plain.isEmpty()
              ? "write it, or leave it out"
              : "write it on one line" + (plain.length() <= LONGEST ? ": \"" + plain + '"' : ""));
    } else if (plain.isEmpty() && !text.isEmpty() && !PREFIXES.contains(path)) {
      mistakes.add(path, "is nothing but blanks", "write it, or leave it out");
    }
  }

  private static String plain(String text) {
    var plain = new StringBuilder();
    text.codePoints()
        .map(sign -> Character.isISOControl(sign) ? ' ' : sign)
        .forEach(plain::appendCodePoint);
    return plain.toString().replaceAll(" +", " ").strip();
  }

  private static String name(String text) {
    int sign = text.chars().filter(Character::isISOControl).findFirst().orElse(0);
    return switch (sign) {
      case '\n', '\r' -> "a line break";
      case '\t' -> "a tab";
      default -> "the control character U+%04X".formatted(sign);
    };
  }
}
