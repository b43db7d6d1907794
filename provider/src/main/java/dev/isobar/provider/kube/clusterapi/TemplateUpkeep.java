package dev.isobar.provider.kube.clusterapi;

import dev.isobar.apis.decode.Encoder;
import dev.isobar.provider.decide.ObjectKey;
import dev.isobar.provider.kube.api.ApiAnswer;
import dev.isobar.provider.kube.api.KubernetesKind;
import dev.isobar.provider.kube.api.Mirror;
import dev.isobar.provider.kube.api.ObjectApi;
import dev.isobar.provider.queue.Workers.Again;
import java.util.Optional;

/**
 * Writes into a template's status what its machines will offer. What they are never changes; the
 * annotation with their architecture may, and a backup brings back no status.
 */
final class TemplateUpkeep {
  private final ObjectApi api;
  private final Mirror<StoredTemplate> templates;

  TemplateUpkeep(ObjectApi api, Mirror<StoredTemplate> templates) {
    this.api = api;
    this.templates = templates;
  }

  /** One pass; answers when the next one is due. */
  Again keep(ObjectKey key) {
    Optional<StoredTemplate> found = templates.get(key).filter(one -> !one.told());
    if (found.isEmpty()) {
      return new Again.WhenAdded();
    }
    ApiAnswer reply =
        api.putStatus(
            KubernetesKind.GPU_MACHINE_TEMPLATE,
            key,
            found.get().resourceVersion(),
            Encoder.everything(found.get().wanted()));
    return reply instanceof ApiAnswer.Current || reply instanceof ApiAnswer.Missing
        ? new Again.WhenAdded()
        : new Again.Backoff();
  }
}
