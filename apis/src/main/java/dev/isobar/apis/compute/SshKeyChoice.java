package dev.isobar.apis.compute;

import dev.isobar.apis.schema.Doc;
import dev.isobar.apis.schema.ExactlyOne;
import dev.isobar.apis.schema.Length;
import java.util.Optional;

/** An SSH key. */
@Doc("An SSH key: one the cloud has, or a public key to bring there.")
@ExactlyOne({"name", "publicKeySecretRef"})
public record SshKeyChoice(
    @Doc("Name of a key pair of the cloud.") @Length(min = 1, max = 255) Optional<String> name,
    @Doc("Key of a Secret that holds the public key.") Optional<SecretEntry> publicKeySecretRef) {}
