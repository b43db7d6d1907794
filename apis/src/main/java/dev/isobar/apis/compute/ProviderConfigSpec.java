package dev.isobar.apis.compute;

import dev.isobar.apis.schema.Default;
import dev.isobar.apis.schema.Doc;
import dev.isobar.apis.schema.Fixed;
import dev.isobar.apis.schema.Length;
import java.util.Optional;

/** The way to a cloud, with secrets of the same namespace. */
@Doc("The way to a cloud, with Secrets of the same namespace.")
public record ProviderConfigSpec(
    @Doc("Kind of cloud: OpenStack or EC2.") @Fixed(instead = "make a new ProviderConfig")
        CloudSpec.Provider provider,
    @Doc("Region, as the cloud spells it.")
        @Fixed(instead = "make a new ProviderConfig")
        @Length(min = 1, max = 63)
        String region,
    @Doc("Who the provider says it is.") CloudCredentials credentials,
    @Doc("Where the cloud is, when that is not in the credentials or well known.") @Default("{}")
        CloudEndpoints endpoints) {
  /** Credentials out of a Secret beside the ProviderConfig. */
  @Doc("Who the provider says it is.")
  public record CloudCredentials(
      @Doc(
              "Key of a Secret of the same namespace. OpenStack: a clouds.yaml. EC2: an INI file"
                  + " with aws_access_key_id and aws_secret_access_key.")
          SecretEntry secretRef,
      @Doc("Entry of clouds.yaml, or profile of the INI file.")
          @Default("\"default\"")
          @Length(min = 1, max = 253)
          String entry,
      @Doc("Role to assume with these credentials (EC2).") Optional<AssumedRole> assumeRole) {}
}
