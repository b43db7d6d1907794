package dev.isobar.function.compose.plan;

import dev.isobar.apis.platform.DataDisk;
import dev.isobar.apis.platform.Pool;
import dev.isobar.apis.schema.Size;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Checks that no disk of a pool has the name of the machine's own, or is mounted over what the node
 * itself lives on.
 */
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
          "/snap",
          "/sys",
          "/tmp",
          "/usr",
          "/var/lib/cloud",
          "/var/lib/containerd",
          "/var/lib/dpkg",
          "/var/lib/etcd",
          "/var/lib/kubelet",
          "/var/lib/systemd",
          "/var/log",
          "/var/run",
          "/var/tmp");

  /** Folders that hold others of the node, though one's own may lie in them. */
  private static final Set<String> ABOVE_THE_NODES = Set.of("/home", "/opt", "/var", "/var/lib");

  /** What Cluster API's OpenStack provider, and our own, call the disk a machine starts from. */
  private static final String ROOT = "root";

  /**
   * Names are labels of file systems, and by these a machine finds the one it starts from, and
   * cloud-init its data.
   */
  private static final Set<String> LABELS_OF_THE_IMAGE =
      Set.of("cidata", "cloudimg-rootfs", "config-2");

  /** Clouds count volumes in GiB, and none has a larger one than EC2's. */
  private static final Size SMALLEST = new Size("1Gi");

  private static final Size LARGEST = new Size("64Ti");

  private final Pool pool;
  private final String path;
  private final Mistakes mistakes;

  DiskChecks(Pool pool, String path, Mistakes mistakes) {
    this.pool = pool;
    this.path = path;
    this.mistakes = mistakes;
  }

  /** Checks that a disk is of a size that volumes of clouds have. */
  static void checkSize(Size size, String place, Mistakes mistakes) {
    if (size.compareTo(SMALLEST) < 0 || size.compareTo(LARGEST) > 0) {
      mistakes.add(
          place,
          size.text() + " is no size of a disk",
          "set it to " + SMALLEST.text() + " up to " + LARGEST.text());
    }
  }

  void check() {
    Set<String> taken = new HashSet<>();
    for (int i = 0; i < pool.disks().size(); i++) {
      DataDisk disk = pool.disks().get(i);
      if (disk.name().equals(ROOT)) {
        mistakes.add(
            path + ".disks[" + i + "].name",
            ROOT + " is the name of the disk the machine starts from",
            "choose another name, for example data");
      }
      if (LABELS_OF_THE_IMAGE.contains(disk.name())) {
        mistakes.add(
            path + ".disks[" + i + "].name",
            disk.name() + " is a label by which images find file systems of their own",
            "choose another name, for example data");
      }
      checkSize(disk.size(), path + ".disks[" + i + "].size", mistakes);
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
