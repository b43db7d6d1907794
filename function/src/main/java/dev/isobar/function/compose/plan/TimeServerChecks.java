package dev.isobar.function.compose.plan;

import dev.isobar.apis.platform.PlatformClusterSpec;
import dev.isobar.apis.schema.Cidr;
import dev.isobar.apis.settings.Settings;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Checks that time servers are hosts alone: cloud-init hands them to chrony or its like, which ask
 * at port 123 and take a colon for a part of the name. A cluster is left with those it has.
 */
final class TimeServerChecks {
  private static final String PART = "[A-Za-z0-9]([-A-Za-z0-9]{0,61}[A-Za-z0-9])?";

  /** The last part of a host name is no number: else it would be an address. */
  private static final Pattern HOST =
      Pattern.compile("(" + PART + "\\.)*(?![0-9]+$)" + PART + "|" + Cidr.ADDRESS);

  private final List<String> claimed;
  private final Settings settings;
  private final ObservedCluster observed;
  private final Mistakes mistakes;

  TimeServerChecks(
      PlatformClusterSpec spec, Settings settings, ObservedCluster observed, Mistakes mistakes) {
    this.claimed = spec.nodes().timeServers();
    this.settings = settings;
    this.observed = observed;
    this.mistakes = mistakes;
  }

  void check() {
    check(claimed, "spec.nodes.timeServers", "");
    // A cluster that exists may never take up what the settings have come to say.
    if (claimed.isEmpty() && !observed.begun()) {
      check(
          settings.defaults().timeServers(),
          "settings.defaults.timeServers",
          "the platform team must ");
    }
  }

  private void check(List<String> servers, String path, String who) {
    for (int i = 0; i < servers.size(); i++) {
      String server = servers.get(i);
      if (!server.contains(":") && !HOST.matcher(server).matches() && !inUse(server)) {
        mistakes.add(
            path + "[" + i + "]",
            "\"" + server + "\" is neither a host name nor an address",
            who + "write one such as ntp.example.org or 192.0.2.1");
      }
      if (server.contains(":") && !CertificateNameChecks.isIpv6(server) && !inUse(server)) {
        mistakes.add(
            path + "[" + i + "]",
            "\""
                + server
                + "\" is neither a host name nor an address, and nodes would ask nobody for the"
                + " time",
            who + "write " + host(server) + ", without scheme or port; the port is always 123");
      }
    }
  }

  private boolean inUse(String server) {
    return observed
        .controlPlane()
        .at("spec", "kubeadmConfigSpec", "ntp", "servers")
        .items()
        .stream()
        .anyMatch(one -> one.text().filter(server::equals).isPresent());
  }

  /** What stands before a port, or behind a scheme. */
  private static String host(String server) {
    String end = server.substring(server.lastIndexOf(':') + 1);
    boolean port = end.chars().allMatch(sign -> sign >= '0' && sign <= '9');
    return port ? server.substring(0, server.indexOf(':')) : end;
  }
}
