package dev.isobar.function.compose.addon;

import dev.isobar.apis.platform.SharedVolumes;
import dev.isobar.function.compose.plan.ClusterPlan;
import dev.isobar.function.compose.sveltos.Addon;
import java.util.List;
import java.util.stream.Stream;

/** What gives a cluster volumes that pods of many nodes write at the same time. */
final class ShareAddons {
  /** Their storage class, on all clouds. */
  static final String STORAGE_CLASS = "shared";

  private ShareAddons() {}

  /** The add-ons; none when the claim asks for no such volumes. */
  static List<Addon> of(ClusterPlan plan) {
    return plan.spec().addons().sharedVolumes().stream().flatMap(asked -> of(plan, asked)).toList();
  }

  private static Stream<Addon> of(ClusterPlan plan, SharedVolumes asked) {
    Stream<Addon> manila =
        asked.manila().stream()
            .flatMap(shares ->
                plan.cloud().spec().workloadCredentials().stream()
                    .flatMap(credentials ->
                        Stream.of(
                            ShareDriverAddon.of(plan, shares.protocol()),
                            ManilaAddon.of(plan, asked.reclaim(), shares, credentials))));
    return Stream.concat(
        manila, asked.efs().stream().map(files -> EfsAddon.of(plan, asked.reclaim(), files)));
  }
}
