package dev.isobar.function.compose.capi;

import dev.isobar.apis.platform.DataDisk;
import dev.isobar.apis.platform.Disk;
import dev.isobar.apis.schema.Size;
import dev.isobar.function.compose.cloud.Machine;
import java.util.Optional;

/** What disks of EC2 are where a claim does not say, whoever makes the machines. */
public final class EbsDisks {
  /** EC2's types bring no disk to start from; this is what machines get when nobody says. */
  public static final Size USUAL_ROOT = new Size("80Gi");

  private static final String USUAL_TYPE = "gp3";

  private EbsDisks() {}

  /** The disk a machine starts from. */
  public static Disk root(Machine type, Optional<Disk> claimed) {
    Size size =
        claimed
            .map(Disk::size)
            .or(() -> type.disk().filter(own -> own.bytes() > 0))
            .orElse(USUAL_ROOT);
    return new Disk(size, Optional.of(claimed.flatMap(Disk::type).orElse(USUAL_TYPE)));
  }

  /** An additional disk. */
  public static DataDisk data(DataDisk claimed) {
    return new DataDisk(
        claimed.name(),
        claimed.size(),
        Optional.of(claimed.type().orElse(USUAL_TYPE)),
        claimed.mountPath());
  }
}
