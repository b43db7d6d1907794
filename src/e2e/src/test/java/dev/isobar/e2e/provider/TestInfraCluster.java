package dev.isobar.e2e.provider;

import dev.isobar.testbed.kubernetes.Kind;
import dev.isobar.testbed.kubernetes.Kubernetes;
import dev.isobar.testbed.kubernetes.Reference;
import java.util.Map;

/** The infrastructure of a cloud that nobody knows: a kind of the tests, ready at once. */
public final class TestInfraCluster implements InfraCluster {
  private static final Kind KIND = TestKinds.named("TestNetwork");

  @Override
  public Kind kind() {
    return KIND;
  }

  @Override
  public void apply(Kubernetes kubernetes, Reference object, int port) {
    TestKinds.serve(kubernetes, KIND);
    var _ =
        kubernetes.apply(
            Map.of(
                "apiVersion",
                KIND.apiVersion(),
                "kind",
                KIND.name(),
                "metadata",
                Map.of("name", object.name(), "namespace", object.namespace()),
                "spec",
                Map.of("controlPlaneEndpoint", Map.of("host", "127.0.0.1", "port", port))));
    var _ = kubernetes.patchStatus(object, Map.of("initialization", Map.of("provisioned", true)));
  }

  @Override
  public boolean outlivesMachines() {
    return false;
  }
}
