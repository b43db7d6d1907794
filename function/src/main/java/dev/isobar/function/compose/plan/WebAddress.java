package dev.isobar.function.compose.plan;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Hosts and ports of addresses such as https://registry.example.org:5000/v2. */
final class WebAddress {
  private static final int LAST_PORT = 65535;
  private static final int DIGITS = 5;

  private static final Pattern PARTS =
      Pattern.compile(
          "(?<before>[a-z]+://([^/?#@]*@)?)(?<host>\\[[^\\]]*]|[^:/?#\\[\\]]*)(?<port>:[^/?#]*)?"
              + "(?<after>[/?#].*)?");

  private WebAddress() {}

  /** What is wrong with the host or port of an address; empty when nothing is. */
  static Optional<String> problem(String address) {
    Matcher parts = PARTS.matcher(address);
    if (!parts.matches() || parts.group("host").isEmpty()) {
      return Optional.of("\"" + address + "\" has no host");
    }
    return Optional.ofNullable(parts.group("port")).flatMap(port -> portProblem(port.substring(1)));
  }

  /** What is wrong with what stands behind the colon; empty when it is a port. */
  static Optional<String> portProblem(String port) {
    boolean number =
        !port.isEmpty()
            && port.length() <= DIGITS
            && port.chars().allMatch(sign -> sign >= '0' && sign <= '9');
    boolean good = number && Integer.parseInt(port) >= 1 && Integer.parseInt(port) <= LAST_PORT;
    return good
        ? Optional.empty()
        : Optional.of("port \"" + port + "\" is none; there are 1 to " + LAST_PORT);
  }

  /** The address without its port; an example where it has no host. */
  static String withoutPort(String address, String example) {
    Matcher parts = PARTS.matcher(address);
    return parts.matches() && !parts.group("host").isEmpty()
        ? parts.group("before")
            + parts.group("host")
            + Optional.ofNullable(parts.group("after")).orElse("")
        : example;
  }
}
