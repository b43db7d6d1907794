package dev.isobar.apis.platform;

import dev.isobar.apis.schema.Doc;
import dev.isobar.apis.schema.Length;
import dev.isobar.apis.schema.Size;
import java.util.Optional;

/** A disk of a machine. */
@Doc("A disk made for each machine and deleted with it.")
public record Disk(
    @Doc("Its size, counted in whole GiB upwards.") Size size,
    @Doc("Volume type of the cloud; the cloud's default when left out.") @Length(min = 1, max = 255)
        Optional<String> type) {}
