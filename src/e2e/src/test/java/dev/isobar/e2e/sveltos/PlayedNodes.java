package dev.isobar.e2e.sveltos;

import dev.isobar.testbed.kubernetes.Conditions;
import dev.isobar.testbed.kubernetes.Kind;
import dev.isobar.testbed.kubernetes.Kubernetes;
import dev.isobar.testbed.kubernetes.Reference;
import dev.isobar.testbed.kubernetes.Refusal;
import java.io.Closeable;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;

/** Plays a node that runs the pod of every DaemonSet and all other pods, from now on. */
final class PlayedNodes implements Closeable {
  private static final Kind DAEMON_SET = new Kind("apps/v1", "DaemonSet");
  private static final Kind POD = new Kind("v1", "Pod");
  private static final int GONE = 404;

  private static final Map<String, Integer> RUNNING =
      Map.of(
          "currentNumberScheduled", 1,
          "desiredNumberScheduled", 1,
          "numberMisscheduled", 0,
          "numberReady", 1,
          "observedGeneration", 1);

  private final Closeable daemonSets;
  private final Closeable pods;

  PlayedNodes(Kubernetes inside) {
    daemonSets =
        inside.follow(
            DAEMON_SET,
            Map.of(),
            seen -> {
              long ready = seen.object().at("status", "numberReady").whole().orElse(0L);
              if (!seen.gone() && ready == 0) {
                var _ = inside.patchStatus(Reference.of(seen.object()), RUNNING);
              }
            });
    pods =
        inside.follow(
            POD,
            Map.of(),
            seen -> {
              boolean goes =
                  seen.gone() || seen.object().at("metadata", "deletionTimestamp").exists();
              if (!goes && !Conditions.is("Ready", "True").test(seen.object())) {
                runs(inside, Reference.of(seen.object()));
              }
            });
  }

  private static void runs(Kubernetes inside, Reference pod) {
    try {
      var _ = inside.patchStatus(pod, ready());
    } catch (Refusal refusal) {
      if (refusal.code() != GONE) {
        throw refusal;
      }
    }
  }

  private static Map<String, ?> ready() {
    return Map.of(
        "phase",
        "Running",
        "conditions",
        List.of(
            Map.of(
                "type",
                "Ready",
                "status",
                "True",
                "lastTransitionTime",
                Instant.now().truncatedTo(ChronoUnit.SECONDS).toString())));
  }

  @Override
  public void close() throws IOException {
    daemonSets.close();
    pods.close();
  }
}
