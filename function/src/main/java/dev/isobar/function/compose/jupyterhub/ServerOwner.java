package dev.isobar.function.compose.jupyterhub;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Gives each server an owner that goes with the hub. The hub leaves its servers alone when it ends,
 * for it ends at each upgrade too; of a hub that is taken away nobody else would stop them, and
 * they would keep their GPUs for ever. The owner is the Secret of the chart, which its upgrades
 * change and never replace, and which the hub may read. Once it is gone Kubernetes removes the
 * servers. KAI Scheduler takes pods with one owner for a group unless it may not read the owner,
 * and Secrets it may not.
 *
 * @see <a
 *     href="https://github.com/jupyterhub/zero-to-jupyterhub-k8s/blob/4.4.0/jupyterhub/templates/hub/rbac.yaml">what
 *     the hub may do</a>
 */
final class ServerOwner {
  private static final String HOOK =
      """
      from kubernetes_asyncio.client import V1OwnerReference
      async def owned(spawner, pod):
          hub = await spawner.api.read_namespaced_secret("hub", spawner.namespace)
          pod.metadata.owner_references = [
              V1OwnerReference(api_version="v1", kind="Secret", name="hub", uid=hub.metadata.uid)
          ]
          return pod
      c.KubeSpawner.modify_pod_hook = owned
      """;

  private ServerOwner() {}

  /** What it adds to {@code hub.extraConfig}. */
  static SortedMap<String, Object> extraConfig() {
    return new TreeMap<>(Map.of("isobar-4-owner", HOOK));
  }
}
