package dev.isobar.apis.compute;

import dev.isobar.apis.schema.Default;
import dev.isobar.apis.schema.Doc;
import dev.isobar.apis.schema.Fixed;
import dev.isobar.apis.schema.Length;
import dev.isobar.apis.schema.Matches;
import dev.isobar.apis.schema.Rule;
import java.util.Optional;

/** The way to a cloud, with secrets of any namespace or the provider's own identity. */
@Doc("The way to a cloud.")
public record ClusterProviderConfigSpec(
    @Doc("Kind of cloud: OpenStack or EC2.") @Fixed(instead = "make a new ClusterProviderConfig")
        CloudSpec.Provider provider,
    @Doc("Region, as the cloud spells it.")
        @Fixed(instead = "make a new ClusterProviderConfig")
        @Length(min = 1, max = 63)
        String region,
    @Doc("Namespaces whose objects may use it, by their labels; all when left out.")
        Optional<LabelSelector> allowedNamespaces,
    @Doc("Who the provider says it is.") ClusterCloudCredentials credentials,
    @Doc("Where the cloud is, when that is not in the credentials or well known.") @Default("{}")
        CloudEndpoints endpoints) {
  /** Where credentials come from; spelled as in the API. */
  public enum Source {
    Secret,
    InjectedIdentity
  }

  /** Credentials. */
  @Doc("Who the provider says it is.")
  @Rule(
      cel = "self.source == 'Secret' ? has(self.secretRef) : !has(self.secretRef)",
      says = "set secretRef with source Secret, and only then")
  public record ClusterCloudCredentials(
      @Doc(
              "Secret: from a Secret. InjectedIdentity: whatever the provider's pod was given (EC2:"
                  + " pod identity, role of the node).")
          @Default("\"Secret\"")
          Source source,
      @Doc(
              "Key of a Secret. OpenStack: a clouds.yaml. EC2: an INI file with aws_access_key_id"
                  + " and aws_secret_access_key.")
          Optional<ForeignSecretEntry> secretRef,
      @Doc("Entry of clouds.yaml, or profile of the INI file.")
          @Default("\"default\"")
          @Length(min = 1, max = 253)
          String entry,
      @Doc("Role to assume with these credentials (EC2).") Optional<AssumedRole> assumeRole) {}

  /** A key of a Secret of any namespace. */
  @Doc("A key of a Secret.")
  public record ForeignSecretEntry(
      @Doc("Namespace of the Secret.")
          @Matches(value = "[a-z0-9]([-a-z0-9]*[a-z0-9])?", says = "the name of a namespace")
          @Length(min = 1, max = 63)
          String namespace,
      @Doc("Name of the Secret.")
          @Matches(value = Matches.OBJECT_NAME, says = "the name of a Secret")
          @Length(min = 1, max = 253)
          String name,
      @Doc("Key of the Secret.")
          @Matches(value = Matches.SECRET_KEY, says = Matches.SECRET_KEY_SAYS)
          @Length(min = 1, max = 253)
          String key) {}
}
