package dev.isobar.apis.compute;

import dev.isobar.apis.schema.Default;
import dev.isobar.apis.schema.Doc;
import dev.isobar.apis.schema.Length;
import dev.isobar.apis.schema.Max;
import dev.isobar.apis.schema.Min;
import dev.isobar.apis.schema.Size;
import java.util.Optional;

/** The disk a machine starts from. */
@Doc("The disk the machine starts from.")
public record RootDisk(
    @Doc("Its size, counted in whole GiB upwards.") Size size,
    @Doc("Volume type of the cloud (EC2: gp3, io2 ...); the cloud's default when left out.")
        @Length(min = 1, max = 255)
        Optional<String> volumeType,
    @Doc("Operations per second (EC2).") @Min(100) @Max(256000) Optional<Integer> iops,
    @Doc("Throughput in MiB per second (EC2).") @Min(125) @Max(2000) Optional<Integer> throughput,
    @Doc("Encryption at rest; the cloud's default when left out.") Optional<Encryption> encryption,
    @Doc("Whether it is deleted with the machine.") @Default("true") boolean deleteWithInstance) {
  /** Encryption of a disk. */
  @Doc("Encryption at rest (EC2; on OpenStack the volume type decides).")
  public record Encryption(
      @Doc("Whether the disk is encrypted.") @Default("true") boolean enabled,
      @Doc("Key of the key service; the account's default key when left out.")
          @Length(min = 1, max = 255)
          Optional<String> keyId) {}
}
