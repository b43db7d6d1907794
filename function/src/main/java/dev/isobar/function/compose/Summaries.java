package dev.isobar.function.compose;

import dev.isobar.apis.tree.Tree;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Sveltos' ClusterSummaries of one cluster, by the name of their profile. */
final class Summaries {
  private static final List<String> PROFILE_LABELS =
      List.of("projectsveltos.io/cluster-profile-name", "projectsveltos.io/profile-name");

  private final Map<String, Tree> byProfile = new TreeMap<>();

  Summaries(List<Tree> summaries) {
    for (Tree summary : summaries) {
      for (String label : PROFILE_LABELS) {
        summary
            .at("metadata", "labels", label)
            .text()
            .ifPresent(profile -> byProfile.put(profile, summary));
      }
    }
  }

  /** The ClusterSummary of a profile, absent when there is none yet. */
  Tree of(String profile) {
    return byProfile.getOrDefault(profile, Tree.absent());
  }
}
