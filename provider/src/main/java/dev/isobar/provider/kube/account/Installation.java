package dev.isobar.provider.kube.account;

import dev.isobar.provider.decide.ObjectKey;
import dev.isobar.provider.external.Subject;
import dev.isobar.provider.kube.api.ApiAnswer;
import dev.isobar.provider.kube.api.KubernetesKind;
import dev.isobar.provider.kube.api.ObjectApi;
import java.util.Map;
import java.util.Optional;

/**
 * What tells the machines of this management cluster from those of others that use the same account
 * of a cloud: the UID that its API server gave the definition of Instances.
 *
 * @param id empty where the account may not look at definitions; then machines are not marked with
 *     it, and nobody's are told apart
 */
public record Installation(Optional<String> id) {
  private static final int TRIES = 3;

  /** That of a cluster. */
  public static Installation of(ObjectApi api) {
    var definition = new ObjectKey("", KubernetesKind.INSTANCE.definition());
    ApiAnswer answer = api.get(KubernetesKind.DEFINITION, definition);
    for (int tries = 1; tries < TRIES && answer instanceof ApiAnswer.Unavailable; tries++) {
      answer = api.get(KubernetesKind.DEFINITION, definition);
    }
    return new Installation(
        answer instanceof ApiAnswer.Current(var found)
            ? Optional.of(found.uid())
            : Optional.empty());
  }

  /** The tags of its machines. */
  Map<String, String> marks() {
    return id.map(known -> Map.of(Subject.INSTALLATION_TAG, known)).orElse(Map.of());
  }
}
