package dev.isobar.function.compose.plan;

import dev.isobar.apis.platform.DataDisk;
import dev.isobar.apis.platform.Pool;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Checks that no disk of a pool is mounted over what the node itself lives on. */
final class DiskChecks {
  private static final List<String> OF_THE_NODE =
      List.of(
          "/bin",
          "/boot",
          "/dev",
          "/etc",
          "/lib",
          "/lib32",
          "/lib64",
          "/opt/cni",
          "/proc",
          "/root",
          "/run",
          "/sbin",
          "/sys",
          "/usr",
          "/var/lib/containerd",
          "/var/lib/etcd",
          "/var/lib/kubelet",
          "/var/log",
          "/var/run");

  /** Folders that hold others of the node, though one's own may lie in them. */
  private static final Set<String> ABOVE_THE_NODES = Set.of("/home", "/opt", "/var", "/var/lib");

  private final Pool pool;
  private final String path;
  private final Mistakes mistakes;

  DiskChecks(Pool pool, String path, Mistakes mistakes) {
    this.pool = pool;
    this.path = path;
    this.mistakes = mistakes;
  }

  void check() {
    Set<String> taken = new HashSet<>();
    for (int i = 0; i < pool.disks().size(); i++) {
      DataDisk disk = pool.disks().get(i);
      String place = path + ".disks[" + i + "].mountPath";
      boolean ofTheNode =
          ABOVE_THE_NODES.contains(disk.mountPath())
              || OF_THE_NODE.stream()
                  .anyMatch(folder -> (disk.mountPath() + "/").startsWith(folder + "/"));
      if (ofTheNode) {
        mistakes.add(
            place,
            disk.mountPath() + " belongs to the node itself",
            "choose a folder of your own, for example /mnt/" + disk.name());
      } else if (!taken.add(disk.mountPath())) {
        mistakes.add(
            place,
            "another disk is mounted at " + disk.mountPath() + " too",
            "choose another folder");
      }
    }
  }
}
