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
    Response<Optional<SecretBytes>> data =
        secret(
            managed,
            "spec.forProvider.userData.secretRef",
            wanted.userData().map(UserDataSource::secretRef));
    if (!(data instanceof Response.Answered<Optional<SecretBytes>>(var userData))) {
      return incomplete(data);
    }
    Response<Optional<SecretBytes>> key =
        secret(
            managed,
            "spec.forProvider.sshKey.publicKeySecretRef",
            wanted.sshKey().flatMap(SshKeyChoice::publicKeySecretRef));
    if (!(key instanceof Response.Answered<Optional<SecretBytes>>(var publicKey))) {
      return incomplete(key);
    }
    Response<List<String>> types = types(wanted);
    return types instanceof Response.Answered<List<String>>(var names)
        ? new Preparation.Complete(names, userData, publicKey)
        : incomplete(types);
  }

  private static Preparation incomplete(Response<?> answer) {
    if (answer instanceof Response.Failed<?>(var failure)) {
      return new Preparation.Incomplete(failure);
    }
    throw new IllegalStateException("an answer is no failure");
  }

  /** The content of a Secret that is named; nothing when none is. */
  private Response<Optional<SecretBytes>> secret(
      Managed managed, String path, Optional<SecretEntry> named) {
    if (named.isEmpty()) {
      return Response.of(Optional.empty());
    }
    SecretEntry entry = named.get();
    Response<Optional<SecretBytes>> read = store.secret(managed.key().namespace(), entry);
    boolean none =
        read instanceof Response.Answered<Optional<SecretBytes>>(var found) && found.isEmpty();
    return none ? Response.failed(missing(managed, path, entry)) : read;
  }

  private static Failure missing(Managed managed, String path, SecretEntry entry) {
    return new Failure.InvalidConfiguration(
        CloudWords.ours(
            "Secret %s/%s, which %s names, has no key %s; create it"
                .formatted(managed.key().namespace(), entry.name(), path, entry.key())));
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
