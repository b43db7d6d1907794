package dev.isobar.apis.platform;

import dev.isobar.apis.schema.Doc;
import dev.isobar.apis.schema.Length;
import dev.isobar.apis.schema.Rule;
import dev.isobar.apis.schema.Size;
import java.util.Optional;

/** A disk of a machine. */
@Doc("A disk made for each machine and deleted with it.")
public record Disk(
    @Doc("Its size, counted in whole GiB upwards: 1Gi to 64Ti.")
        @Rule(cel = Disk.USUAL, says = Disk.NOT_USUAL)
        Size size,
    @Doc("Volume type of the cloud; the cloud's default when left out.") @Length(min = 1, max = 255)
        Optional<String> type) {
  static final String USUAL =
      "quantity(self).compareTo(quantity('1Gi')) >= 0 &&"
          + " quantity(self).compareTo(quantity('64Ti')) <= 0";
  static final String NOT_USUAL = "must be from 1Gi to 64Ti";
}
