package dev.isobar.function.compose.capi;

import dev.isobar.function.tree.Fields;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;

/**
 * Formats and mounts additional disks before kubeadm runs. Disks are told apart by their order,
 * because names such as vdb or sdb differ between clouds; a disk that already carries a file system
 * of another label is left alone.
 */
final class Disks {
  private static final String SCRIPT = "/usr/local/sbin/isobar-mount-disk";

  private static final String TEXT =
      """
      #!/bin/sh
      # isobar-mount-disk LABEL PATH: mounts the file system LABEL at PATH, made on the first blank disk when there is none.
      set -eu
      label=$1 path=$2
      mkdir -p "$path"
      if ! blkid -L "$label" >/dev/null 2>&1; then
        for disk in $(lsblk -dnpo NAME,TYPE | awk '$2 == "disk" {print $1}'); do
          [ "$(lsblk -n "$disk" | wc -l)" -eq 1 ] || continue
          [ -z "$(blkid -p -o value -s TYPE "$disk" 2>/dev/null)" ] || continue
          mkfs.ext4 -q -L "$label" "$disk"
          break
        done
      fi
      blkid -L "$label" >/dev/null || { echo "no blank disk for $label" >&2; exit 1; }
      grep -q "LABEL=$label " /etc/fstab || echo "LABEL=$label $path ext4 defaults,nofail 0 2" >>/etc/fstab
      mountpoint -q "$path" || mount "$path"
      """;

  /**
   * A disk to mount.
   *
   * @param label of its file system, at most 16 characters
   */
  record Mount(String label, String path) {}

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
    List<String> commands = new ArrayList<>();
    mounts.forEach(mount -> commands.add(SCRIPT + " " + mount.label() + " " + mount.path()));
    return commands;
  }
}
