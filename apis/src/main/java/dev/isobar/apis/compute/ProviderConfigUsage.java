package dev.isobar.apis.compute;

import dev.isobar.apis.schema.Column;
import dev.isobar.apis.schema.Doc;
import dev.isobar.apis.schema.Length;

/** That an object uses a ProviderConfig. */
@Doc("That an object uses a ProviderConfig, which therefore cannot go. Written by the provider.")
@Column(name = "Config-Name", path = ".providerConfigRef.name")
@Column(name = "Resource-Kind", path = ".resourceRef.kind")
@Column(name = "Resource-Name", path = ".resourceRef.name")
@Column(name = "Age", path = ".metadata.creationTimestamp", type = "date")
public record ProviderConfigUsage(ProviderConfigRef providerConfigRef, UsingResource resourceRef) {
  /** The object that uses it. */
  @Doc("The object that uses it, of the same namespace.")
  public record UsingResource(
      @Doc("Its API version.") @Length(min = 1, max = 253) String apiVersion,
      @Doc("Its kind.") @Length(min = 1, max = 63) String kind,
      @Doc("Its name.") @Length(min = 1, max = 253) String name) {}
}
