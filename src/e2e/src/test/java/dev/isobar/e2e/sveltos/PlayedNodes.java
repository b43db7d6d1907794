package dev.isobar.e2e.sveltos;

import dev.isobar.testbed.kubernetes.Kind;
import dev.isobar.testbed.kubernetes.Kubernetes;
import dev.isobar.testbed.kubernetes.Reference;
import java.io.Closeable;
import java.io.IOException;
import java.util.Map;

/** Plays a node that runs the pod of every DaemonSet, from now on. */
final class PlayedNodes implements Closeable {
  private static final Kind DAEMON_SET = new Kind("apps/v1", "DaemonSet");

  private static final Map<String, Integer> RUNNING =
      Map.of(
          "currentNumberScheduled", 1,
          "desiredNumberScheduled", 1,
          "numberMisscheduled", 0,
          "numberReady", 1,
          "observedGeneration", 1);

  private final Closeable following;

  PlayedNodes(Kubernetes inside) {
    following =
        inside.follow(
            DAEMON_SET,
            Map.of(),
            seen -> {
              long ready = seen.object().at("status", "numberReady").whole().orElse(0L);
              if (!seen.gone() && ready == 0) {
                var _ = inside.patchStatus(Reference.of(seen.object()), RUNNING);
              }
            });
  }

  @Override
  public void close() throws IOException {
    following.close();
  }
}
