package dev.isobar.function.compose.gpu;

import dev.isobar.apis.tree.Fields;
import dev.isobar.apis.tree.Tree;
import dev.isobar.function.compose.naming.Canonical;
import dev.isobar.function.compose.text.Json;
import java.util.Optional;

/**
 * The entries of the GPU Operator's configuration that the labels of a pool's nodes refer to.
 *
 * <p>Templates carry it in an annotation: an entry must stay in the configuration while nodes of an
 * old template bear its name, long after the claim has changed.
 */
public record GpuNodeConfig(Optional<MigConfig> mig, Optional<SharingConfig> sharing) {
  private static final String MIG = "mig";
  private static final String SHARING = "sharing";

  /** The entries as one line, for an annotation. */
  public String encode() {
    return Canonical.json(
        Fields.none()
            .set(MIG, mig.map(MigConfig::content))
            .set(SHARING, sharing.map(SharingConfig::content))
            .map());
  }

  /**
   * The entries of an annotation. What cannot be read is absent: it must not spoil the
   * configuration of all nodes.
   */
  public static GpuNodeConfig decode(String annotation) {
    Tree tree = Json.read(annotation);
    return new GpuNodeConfig(MigConfig.read(tree.at(MIG)), SharingConfig.read(tree.at(SHARING)));
  }
}
