package dev.isobar.function.compose.capi;

import dev.isobar.apis.tree.Fields;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;

/**
 * Formats and mounts additional disks before kubeadm runs. Disks are told apart by their size, and
 * by their order among equals, because names such as vdb or sdb differ between clouds and ids are
 * not known before; a disk that carries anything is left alone.
 */
final class Disks {
  private static final String SCRIPT = "/usr/local/sbin/isobar-mount-disk";

  private static final String TEXT =
      """
      #!/bin/sh
      # isobar-mount-disk LABEL PATH GIB: mounts the file system LABEL at PATH, made on the first blank disk of GIB GiB when there is none.
      set -eu
      label=$1 path=$2 bytes=$(($3 * 1073741824))
      mkdir -p "$path"
      if ! blkid -L "$label" >/dev/null 2>&1; then
        for disk in $(lsblk -bdnpo NAME,TYPE,SIZE | awk -v size="$bytes" '$2 == "disk" && $3 == size {print $1}'); do
          [ "$(lsblk -n "$disk" | wc -l)" -eq 1 ] || continue
          found=0
          blkid -p "$disk" >/dev/null 2>&1 || found=$?
          [ "$found" -eq 2 ] || continue # 2: neither a file system nor a partition table
          mkfs.ext4 -q -L "$label" "$disk"
          break
        done
      fi
      blkid -L "$label" >/dev/null || { echo "no blank disk of $3 GiB for $label" >&2; exit 1; }
      grep -q "LABEL=$label " /etc/fstab || echo "LABEL=$label $path ext4 defaults,nofail 0 2" >>/etc/fstab
      mountpoint -q "$path" || mount "$path"
      """;

  /**
   * A disk to mount.
   *
   * @param label of its file system, at most 16 characters
   * @param gibibytes its size as the cloud makes it
   */
  record Mount(String label, String path, long gibibytes) {}

  private Disks() {}

  static List<SortedMap<String, Object>> files(List<Mount> mounts) {
    return mounts.isEmpty()
        ? List.of()
        : List.of(
            Fields.with("path", SCRIPT)
                .set("owner", "root:root")
                .set("permissions", "0755")
                .set("content", TEXT)
                .map());
  }

  static List<String> commands(List<Mount> mounts) {
    List<String> commands = new ArrayList<>(mounts.stream().map(Disks::command).toList());
    if (hidden(mounts)) {
      mounts.reversed().forEach(mount -> commands.add("umount " + mount.path()));
      mounts.stream()
          .sorted(Comparator.comparing(Mount::path))
          .map(Disks::command)
          .forEach(commands::add);
    }
    return commands;
  }

  /**
   * Whether a disk comes to lie over one that was mounted before it. The disks are told apart in
   * their own order, and mounted once more from the top.
   */
  private static boolean hidden(List<Mount> mounts) {
    for (int i = 0; i < mounts.size(); i++) {
      String folder = mounts.get(i).path() + "/";
      if (mounts.subList(0, i).stream().anyMatch(before -> before.path().startsWith(folder))) {
        return true;
      }
    }
    return false;
  }

  private static String command(Mount mount) {
    return SCRIPT + " " + mount.label() + " " + mount.path() + " " + mount.gibibytes();
  }
}
