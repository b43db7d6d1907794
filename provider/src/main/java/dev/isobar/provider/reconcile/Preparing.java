package dev.isobar.provider.reconcile;

import dev.isobar.apis.compute.InstanceParameters;
import dev.isobar.apis.compute.MachineTypeChoice;
import dev.isobar.apis.compute.SecretEntry;
import dev.isobar.apis.compute.SshKeyChoice;
import dev.isobar.apis.compute.UserDataSource;
import dev.isobar.provider.decide.Managed;
import dev.isobar.provider.decide.Preparation;
import dev.isobar.provider.external.CloudWords;
import dev.isobar.provider.external.Failure;
import dev.isobar.provider.external.Machines;
import dev.isobar.provider.external.Response;
import dev.isobar.provider.external.SecretBytes;
import java.util.List;
import java.util.Optional;

/** Gathers what a creation needs to know: Secrets, and machine types that are asked for by need. */
final class Preparing {
  private final ManagedStore store;
  private final Machines machines;

  Preparing(ManagedStore store, Machines machines) {
    this.store = store;
    this.machines = machines;
  }

  Preparation prepare(Managed managed) {
    InstanceParameters wanted = managed.spec().forProvider();
    Optional<SecretEntry> dataEntry = wanted.userData().map(UserDataSource::secretRef);
    Optional<SecretEntry> keyEntry = wanted.sshKey().flatMap(SshKeyChoice::publicKeySecretRef);
    Optional<SecretBytes> data = dataEntry.flatMap(entry -> secret(managed, entry));
    Optional<SecretBytes> key = keyEntry.flatMap(entry -> secret(managed, entry));
    if (dataEntry.isPresent() && data.isEmpty()) {
      return missing(managed, "spec.forProvider.userData.secretRef", dataEntry.get());
    }
    if (keyEntry.isPresent() && key.isEmpty()) {
      return missing(managed, "spec.forProvider.sshKey.publicKeySecretRef", keyEntry.get());
    }
    return switch (types(wanted)) {
      case Response.Failed<List<String>>(var failure) -> new Preparation.Incomplete(failure);
      case Response.Answered<List<String>>(var types) -> new Preparation.Complete(types, data, key);
    };
  }

  private Optional<SecretBytes> secret(Managed managed, SecretEntry entry) {
    return store.secret(managed.key().namespace(), entry);
  }

  private static Preparation missing(Managed managed, String path, SecretEntry entry) {
    return new Preparation.Incomplete(
        new Failure.InvalidConfiguration(
            CloudWords.ours(
                "%s: Secret %s/%s has no key %s; create it"
                    .formatted(path, managed.key().namespace(), entry.name(), entry.key()))));
  }

  private Response<List<String>> types(InstanceParameters wanted) {
    return wanted.machineType().map(this::types).orElseGet(() -> Response.of(List.of()));
  }

  private Response<List<String>> types(MachineTypeChoice choice) {
    return choice
        .requirements()
        .map(machines::typesFor)
        .orElseGet(() ->
            Response.of(
                choice.names().orElseGet(() -> choice.name().map(List::of).orElse(List.of()))));
  }
}
