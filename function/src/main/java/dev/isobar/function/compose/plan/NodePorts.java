package dev.isobar.function.compose.plan;

import dev.isobar.function.compose.plan.OwnedFlags.Owner;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Ports that something else listens at on the machines of a control plane: Kubernetes' own, those
 * of the pod networks Isobar installs, and of machine images. The schema of the field has them,
 * too.
 */
final class NodePorts {
  private static final int FIRST_SERVICE = 30000;
  private static final int LAST_SERVICE = 32767;

  private static final String USUAL = FIRST_SERVICE + "-" + LAST_SERVICE;

  private static final Map<Integer, String> OWNERS = new TreeMap<>();

  static {
    OWNERS.put(22, "SSH");
    OWNERS.put(53, "name resolution");
    OWNERS.put(111, "rpcbind");
    OWNERS.put(179, "Calico");
    own("etcd", 2379, 2380, 2381);
    own("Cilium", 4240, 4244, 9234, 9878, 9879, 9890, 9891, 9893, 9963);
    own("Calico", 5473, 9091, 9098, 9099);
    OWNERS.put(9100, "the node exporter");
    // 10248 to 10259 are kubelet, kube-proxy, controller manager and scheduler, with some to spare.
    for (int port = 10248; port <= 10259; port++) {
      OWNERS.put(port, "Kubernetes itself");
    }
  }

  private static final Pattern RANGE = Pattern.compile("([0-9]{1,5})-([0-9]{1,5})");

  private NodePorts() {}

  private static void own(String owner, int... ports) {
    for (int port : ports) {
      OWNERS.put(port, owner);
    }
  }

  /** What is wrong with a range of ports for Services; the security groups let in the usual one. */
  static Optional<Owner> range(String range) {
    Matcher ports = RANGE.matcher(range);
    if (!ports.matches()) {
      return Optional.of(
          new Owner("is no range of ports, and kube-apiserver would not start", "write " + USUAL));
    }
    int first = Integer.parseInt(ports.group(1));
    int last = Integer.parseInt(ports.group(2));
    if (first >= FIRST_SERVICE && last <= LAST_SERVICE && first <= last) {
      return Optional.empty();
    }
    int nearestFirst = Math.max(first, FIRST_SERVICE);
    int nearestLast = Math.min(last, LAST_SERVICE);
    String nearest = nearestFirst <= nearestLast ? nearestFirst + "-" + nearestLast : USUAL;
    return Optional.of(
        new Owner(
            range
                + " is not within "
                + USUAL
                + ", the ports that the nodes' security groups let in",
            "write " + nearest + (nearest.equals(USUAL) ? " or a part of it" : "")));
  }

  /** Who has a port; nobody when the API may have it. */
  static Optional<String> owner(int port) {
    return port >= FIRST_SERVICE && port <= LAST_SERVICE
        ? Optional.of("Services of type NodePort (30000 to 32767)")
        : Optional.ofNullable(OWNERS.get(port));
  }
}
