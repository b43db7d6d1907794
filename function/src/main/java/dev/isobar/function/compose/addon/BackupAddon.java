package dev.isobar.function.compose.addon;

import dev.isobar.apis.platform.Backup;
import dev.isobar.apis.tree.Fields;
import dev.isobar.function.compose.plan.AddonName;
import dev.isobar.function.compose.plan.ClusterPlan;
import dev.isobar.function.compose.sveltos.Addon;
import dev.isobar.function.compose.sveltos.HealthGate;
import dev.isobar.function.compose.sveltos.SecretCopy;
import dev.isobar.function.compose.text.Yaml;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Backups by Velero: objects, and the files of all volumes, read on the nodes and written to the
 * same bucket, so that they need no snapshots of the cloud.
 */
final class BackupAddon {
  private static final String VELERO = "velero";
  private static final String SECRET = "bucket-credentials";
  private static final String KEY = "cloud";

  /** The plugin of the release before Velero's; it is what the chart names, too. */
  private static final String PLUGIN = "velero/velero-plugin-for-aws:v1.13.2";

  private BackupAddon() {}

  static Optional<Addon> of(ClusterPlan plan) {
    return plan.spec().addons().backup().map(asked -> addon(plan, asked));
  }

  private static Addon addon(ClusterPlan plan, Backup asked) {
    var source =
        new Addon.SecretSource(
            "Bucket", plan.id().namespace(), asked.credentialsSecretRef().name());
    return Addon.chart(AddonName.BACKUP.text(), Charts.chart(VELERO, plan), values(plan, asked))
        .keeping("configuration.backupStorageLocation", "credentials", "snapshotsEnabled")
        .with(namespace())
        .with(SecretCopy.of(source, VELERO, SECRET, KEY, asked.credentialsSecretRef().key()))
        .after(AddonList.afterNetwork(plan))
        .gated(HealthGate.deployment(VELERO, VELERO, "app.kubernetes.io/name", VELERO));
  }

  /** What reads the volumes on the nodes is beyond what pods may do elsewhere. */
  private static SortedMap<String, Object> namespace() {
    Fields labels = Fields.with("pod-security.kubernetes.io/enforce", "privileged");
    SortedMap<String, Object> object =
        Fields.with("apiVersion", "v1")
            .set("kind", "Namespace")
            .set("metadata", Fields.with("name", VELERO).set("labels", labels))
            .map();
    return new TreeMap<>(Map.of("namespace.yaml", Yaml.write(object)));
  }

  private static SortedMap<String, Object> values(ClusterPlan plan, Backup asked) {
    Fields configuration =
        Fields.with("backupStorageLocation", List.of(location(plan, asked)))
            .set("uploaderType", "kopia")
            .set("defaultVolumesToFsBackup", true);
    Fields plugin =
        Fields.with("name", "velero-plugin-for-aws")
            .set("image", PLUGIN)
            .set(
                "volumeMounts",
                List.of(Fields.with("name", "plugins").set("mountPath", "/target").map()));
    Fields template = Fields.with("ttl", asked.keep().seconds() + "s");
    return Fields.with("configuration", configuration)
        .set("credentials", Fields.with("useSecret", true).set("existingSecret", SECRET))
        .set("snapshotsEnabled", false)
        .set("deployNodeAgent", true)
        .set("nodeAgent", Fields.with("tolerations", Tolerations.everything()))
        .set("initContainers", List.of(plugin.map()))
        .set(
            "schedules",
            Fields.with(
                "whole-cluster",
                Fields.with("schedule", asked.schedule()).set("template", template)))
        .map();
  }

  private static SortedMap<String, Object> location(ClusterPlan plan, Backup asked) {
    Fields config = Fields.with("region", asked.region());
    asked
        .endpoint()
        .ifPresent(address ->
            // Stores other than AWS's have no host names for buckets, and few of its checksums.
            config
                .set("s3Url", address)
                .set("s3ForcePathStyle", "true")
                .set("checksumAlgorithm", ""));
    return Fields.with("name", "default")
        .set("provider", "aws")
        .set("default", true)
        .set("bucket", asked.bucket())
        .set("prefix", asked.prefix().orElse(plan.id().cluster()))
        .set("credential", Fields.with("name", SECRET).set("key", KEY))
        .set("config", config)
        .map();
  }
}
