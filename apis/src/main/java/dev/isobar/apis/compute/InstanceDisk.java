package dev.isobar.apis.compute;

import dev.isobar.apis.schema.Default;
import dev.isobar.apis.schema.Doc;
import dev.isobar.apis.schema.Length;
import dev.isobar.apis.schema.Matches;
import dev.isobar.apis.schema.Size;
import java.util.Optional;

/** A disk besides the root disk. */
@Doc("An empty disk besides the root disk.")
public record InstanceDisk(
    @Doc(
            "Its name in this list. OpenStack tags the disk with it; on EC2 the place in the list"
                + " tells the device, /dev/sdf for the first.")
        @Matches(
            value = "[a-z]([a-z0-9-]{0,18}[a-z0-9])?",
            says = "lower-case letters, digits and dashes, at most 20")
        String name,
    @Doc("Its size, counted in whole GiB upwards.") Size size,
    @Doc("Volume type of the cloud; the cloud's default when left out.") @Length(min = 1, max = 255)
        Optional<String> volumeType,
    @Doc(
            "Whether it is on the hypervisor (OpenStack), fast and gone with the machine, instead"
                + " of a volume. EC2's instance stores come with the machine type.")
        @Default("false")
        boolean local,
    @Doc("Whether it is deleted with the machine.") @Default("true") boolean deleteWithInstance,
    @Doc("Encryption at rest; the cloud's default when left out.")
        Optional<RootDisk.Encryption> encryption) {}
