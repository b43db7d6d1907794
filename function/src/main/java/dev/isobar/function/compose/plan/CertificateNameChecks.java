package dev.isobar.function.compose.plan;

import dev.isobar.apis.schema.Cidr;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Checks names of the API's certificate for what kubeadm takes (its ValidateCertSANs): the schema
 * knows host names, and of what has a colon only that it may be an IPv6 address.
 */
final class CertificateNameChecks {
  private static final Pattern GROUP = Pattern.compile("[0-9A-Fa-f]{1,4}");
  private static final Pattern IPV4 = Pattern.compile(Cidr.ADDRESS);
  private static final Pattern GAP = Pattern.compile("::");
  private static final Pattern COLON = Pattern.compile(":");
  private static final int GROUPS = 8;

  private final Mistakes mistakes;

  CertificateNameChecks(Mistakes mistakes) {
    this.mistakes = mistakes;
  }

  void check(List<String> names) {
    for (int i = 0; i < names.size(); i++) {
      String name = names.get(i);
      if (name.contains(":") && !isIpv6(name)) {
        mistakes.add(
            "spec.controlPlane.certificateNames[" + i + "]",
            "\"" + name + "\" is no IP address, and kubeadm would make no control plane",
            "write an address such as 192.0.2.1 or 2001:db8::1, without a port");
      }
    }
  }

  /** Eight groups, or fewer with a gap that stands for the others. */
  static boolean isIpv6(String text) {
    List<String> halves = List.of(GAP.split(text, -1));
    int groups = 0;
    for (int i = 0; i < halves.size(); i++) {
      int more = groups(halves.get(i), i == halves.size() - 1);
      if (more < 0) {
        return false;
      }
      groups += more;
    }
    return halves.size() == 1 ? groups == GROUPS : halves.size() == 2 && groups < GROUPS;
  }

  /** How many groups a half has, an IPv4 address at the end counting for two; -1 if others. */
  private static int groups(String half, boolean last) {
    if (half.isEmpty()) {
      return 0;
    }
    List<String> parts = List.of(COLON.split(half, -1));
    boolean mixed = last && IPV4.matcher(parts.getLast()).matches();
    List<String> plain = mixed ? parts.subList(0, parts.size() - 1) : parts;
    return plain.stream().allMatch(part -> GROUP.matcher(part).matches())
        ? plain.size() + (mixed ? 2 : 0)
        : -1;
  }
}
