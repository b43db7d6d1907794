package dev.isobar.apis.compute;

import dev.isobar.apis.schema.Default;
import dev.isobar.apis.schema.Doc;
import dev.isobar.apis.schema.Length;

/** A ProviderConfig of provider-isobar. */
@Doc("A ProviderConfig of provider-isobar.")
public record ProviderConfigRef(
    @Doc("ClusterProviderConfig, or ProviderConfig of the namespace of whoever uses it.")
        @Default("\"ClusterProviderConfig\"")
        Kind kind,
    @Doc("Its name.") @Length(min = 1, max = 253) String name) {
  /** The two kinds; spelled as in the API. */
  public enum Kind {
    ClusterProviderConfig,
    ProviderConfig
  }
}
