package dev.isobar.apis.compute;

import dev.isobar.apis.schema.Default;
import dev.isobar.apis.schema.Doc;

/** Where the data for a machine's first start comes from. */
@Doc("Data for the machine's first start.")
public record UserDataSource(
    @Doc("Key of a Secret that holds it.") SecretEntry secretRef,
    @Doc(
            "How it is sent. None: as it is. Gzip: compressed, which cloud-init understands; for"
                + " data over the cloud's limit (16 KiB on EC2, 48 KiB on OpenStack).")
        @Default("\"None\"")
        Compression compression) {
  /** Ways to send it; spelled as in the API. */
  public enum Compression {
    None,
    Gzip
  }
}
