package dev.isobar.e2e.inmemory;

import dev.isobar.cli.input.Flavour;
import dev.isobar.cli.yaml.ManifestParsing;
import dev.isobar.cli.yaml.Plain;
import dev.isobar.e2e.plane.Planes;
import dev.isobar.testbed.controller.Controller;
import dev.isobar.testbed.kubernetes.Await;
import dev.isobar.testbed.kubernetes.Conditions;
import dev.isobar.testbed.kubernetes.Kind;
import dev.isobar.testbed.kubernetes.Kubernetes;
import dev.isobar.testbed.plane.ControlPlane;
import dev.isobar.testbed.plane.Options;
import dev.isobar.testbed.process.Ports;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * A control plane on which claims that name the Composition {@value #COMPOSITION} get machines in
 * memory.
 */
public final class InMemoryPlane implements Closeable {
  /** What claims name in spec.compositionRef. */
  public static final String COMPOSITION = "in-memory";

  private static final String FUNCTION = "function-in-memory";

  private final ControlPlane plane;
  private final InMemoryFunction function;

  private InMemoryPlane(ControlPlane plane, InMemoryFunction function) {
    this.plane = plane;
    this.function = function;
  }

  /**
   * Starts one.
   *
   * @param name of its folder
   * @param coreFlags of core, besides those it needs
   */
  public static InMemoryPlane start(String name, String... coreFlags) {
    ControlPlane plane =
        Planes.own(name, Options.of(Flavour.CLAIMS).withCoreFlags(coreFlags))
            .with(
                Controller.CORE,
                Controller.KUBEADM_BOOTSTRAP,
                Controller.KUBEADM_CONTROL_PLANE,
                Controller.DEV);
    int port = Ports.free();
    Path served = plane.core().register(FUNCTION, port);
    try {
      InMemoryFunction function =
          InMemoryFunction.start(
              port,
              served,
              plane.function().port(),
              plane.folder().resolve("crossplane").resolve("client"));
      allowInMemoryKinds(plane.kubernetes());
      compose(plane);
      return new InMemoryPlane(plane, function);
    } catch (IOException failed) {
      plane.close();
      throw new UncheckedIOException("cannot start the in-memory function", failed);
    }
  }

  /** The control plane. */
  public ControlPlane plane() {
    return plane;
  }

  @Override
  public void close() {
    function.close();
    plane.close();
  }

  /** Core may write the in-memory kinds here, and here alone. */
  private static void allowInMemoryKinds(Kubernetes kubernetes) {
    var _ =
        kubernetes.apply(
            Map.of(
                "apiVersion",
                "rbac.authorization.k8s.io/v1",
                "kind",
                "ClusterRole",
                "metadata",
                Map.of(
                    "name",
                    "test:in-memory",
                    "labels",
                    Map.of("rbac.crossplane.io/aggregate-to-crossplane", "true")),
                "rules",
                List.of(
                    Map.of(
                        "apiGroups", List.of("infrastructure.cluster.x-k8s.io"),
                        "resources", List.of("devclusters", "devmachinetemplates"),
                        "verbs",
                            List.of(
                                "get", "list", "watch", "create", "update", "patch", "delete")))));
  }

  private static void compose(ControlPlane plane) throws IOException {
    Path file = plane.project().apis(Flavour.CLAIMS).resolve("composition.yaml");
    var composition =
        Plain.copy(
            ManifestParsing.parse("composition", Files.readString(file)).getFirst().object());
    composition.put("metadata", Map.of("name", COMPOSITION));
    var spec = Plain.copy(composition.get("spec"));
    if (!(spec.get("pipeline") instanceof List<?> steps)) {
      throw new AssertionError("the Composition has no pipeline");
    }
    var step = Plain.copy(steps.getFirst());
    step.put("functionRef", Map.of("name", FUNCTION));
    spec.put("pipeline", List.of(step));
    composition.put("spec", spec);
    var _ = plane.kubernetes().apply(composition);
    Kind revisions = new Kind("apiextensions.crossplane.io/v1", "CompositionRevision");
    var _ =
        new Await(Duration.ofSeconds(60))
            .until(
                "the Composition " + COMPOSITION + " has a valid pipeline",
                () ->
                    plane
                        .kubernetes()
                        .list(revisions, "", Map.of("crossplane.io/composition-name", COMPOSITION)),
                all -> all.stream().anyMatch(Conditions.is("ValidPipeline", "True")));
  }
}
