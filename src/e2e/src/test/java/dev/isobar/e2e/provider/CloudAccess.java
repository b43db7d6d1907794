package dev.isobar.e2e.provider;

import dev.isobar.testbed.kubernetes.Kind;
import dev.isobar.testbed.kubernetes.Kubernetes;
import dev.isobar.testbed.kubernetes.Reference;
import java.util.Map;
import java.util.TreeMap;

/**
 * A way into a cloud, as platform teams give it: a Secret with credentials, and a config that reads
 * it.
 *
 * @param provider OpenStack or EC2
 * @param key of the Secret
 * @param credentials what is under it
 * @param entry of the credentials
 * @param overrides addresses by service, in place of the cloud's own
 */
public record CloudAccess(
    String provider,
    String region,
    String key,
    String credentials,
    String entry,
    Map<String, String> overrides) {
  private static final Kind CONFIG = new Kind("compute.isobar.dev/v1alpha1", "ProviderConfig");
  private static final Kind CLUSTER_CONFIG =
      new Kind("compute.isobar.dev/v1alpha1", "ClusterProviderConfig");

  /** Into a project of an OpenStack. */
  public static CloudAccess openStack(String cloudsYaml, String entry) {
    return new CloudAccess("OpenStack", "RegionOne", "clouds.yaml", cloudsYaml, entry, Map.of());
  }

  /**
   * Into an EC2 that has all its services at one address, where everybody is let in.
   *
   * @param user who it is for
   */
  public static CloudAccess ec2(String region, String address, String user) {
    return new CloudAccess(
        "EC2",
        region,
        "credentials",
        "[default]\naws_access_key_id = %1$s\naws_secret_access_key = %1$s\n".formatted(user),
        "default",
        Map.of("ec2", address, "sts", address));
  }

  /** Applies the Secret alone. */
  public void secret(Kubernetes kubernetes, String namespace, String name) {
    secret(kubernetes, namespace, name, key, credentials);
  }

  /** Applies any Secret with one key. */
  public static void secret(
      Kubernetes kubernetes, String namespace, String name, String key, String text) {
    var _ =
        kubernetes.apply(
            Map.of(
                "apiVersion",
                Kind.SECRET.apiVersion(),
                "kind",
                Kind.SECRET.name(),
                "metadata",
                Map.of("name", name, "namespace", namespace),
                "stringData",
                Map.of(key, text)));
  }

  /** Applies the Secret and a ProviderConfig, both of this name. */
  public Reference config(Kubernetes kubernetes, String namespace, String name) {
    secret(kubernetes, namespace, name);
    return config(kubernetes, CONFIG.named(namespace, name), Map.of("name", name, "key", key));
  }

  /** Applies the Secret in a namespace, and a config for all of them; both of this name. */
  public Reference clusterConfig(Kubernetes kubernetes, String namespace, String name) {
    secret(kubernetes, namespace, name);
    return config(
        kubernetes,
        CLUSTER_CONFIG.named(name),
        Map.of("namespace", namespace, "name", name, "key", key));
  }

  private Reference config(Kubernetes kubernetes, Reference object, Map<String, String> secret) {
    var metadata = new TreeMap<String, String>(Map.of("name", object.name()));
    if (!object.namespace().isEmpty()) {
      metadata.put("namespace", object.namespace());
    }
    var spec = new TreeMap<String, Object>();
    spec.put("provider", provider);
    spec.put("region", region);
    spec.put("credentials", Map.of("secretRef", secret, "entry", entry));
    if (!overrides.isEmpty()) {
      spec.put("endpoints", Map.of("overrides", overrides));
    }
    return Reference.of(
        kubernetes.apply(
            Map.of(
                "apiVersion",
                object.kind().apiVersion(),
                "kind",
                object.kind().name(),
                "metadata",
                metadata,
                "spec",
                spec)));
  }
}
