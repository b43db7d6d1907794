package dev.isobar.e2e.inmemory;

import dev.isobar.cli.input.Flavour;
import dev.isobar.e2e.plane.Planes;
import dev.isobar.e2e.story.OtherComposition;
import dev.isobar.testbed.controller.Controller;
import dev.isobar.testbed.kubernetes.Kubernetes;
import dev.isobar.testbed.plane.ControlPlane;
import dev.isobar.testbed.plane.Options;
import dev.isobar.testbed.plane.Project;
import dev.isobar.testbed.process.Ports;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A control plane on which claims that choose its Composition get machines in memory. */
public final class InMemoryPlane implements Closeable {
  private static final String NAME = "in-memory";

  private static final String FUNCTION = "function-in-memory";

  private static @Nullable InMemoryPlane shared;

  private final ControlPlane plane;
  private final InMemoryFunction function;
  private final OtherComposition composition;
  private List<String> coreFlags;

  private InMemoryPlane(
      ControlPlane plane,
      List<String> coreFlags,
      InMemoryFunction function,
      OtherComposition composition) {
    this.plane = plane;
    this.coreFlags = coreFlags;
    this.function = function;
    this.composition = composition;
  }

  /**
   * The one of all suites that need it; Cluster API's development provider has ports of its own, so
   * there cannot be two. Suites that want core with the same flags may use it at once.
   *
   * @param coreFlags what core is started with, besides the flags it needs
   */
  public static synchronized InMemoryPlane shared(List<String> coreFlags) {
    InMemoryPlane there = shared;
    if (there == null) {
      there = start(coreFlags);
      shared = there;
      Planes.closeAtEnd(there);
    } else if (!there.coreFlags.equals(coreFlags)) {
      there.plane.core().restart(coreFlags);
      there.coreFlags = coreFlags;
    }
    return there;
  }

  private static InMemoryPlane start(List<String> coreFlags) {
    ControlPlane plane =
        Planes.own(
                NAME,
                Options.of(Flavour.CLAIMS)
                    .withoutAmazon()
                    .withCoreFlags(coreFlags.toArray(String[]::new)))
            .with(
                Controller.CORE,
                Controller.KUBEADM_BOOTSTRAP,
                Controller.KUBEADM_CONTROL_PLANE,
                Controller.DEV);
    int port = Ports.free();
    Path served = plane.core().register(FUNCTION, port);
    InMemoryFunction function;
    try {
      function =
          InMemoryFunction.start(
              port,
              served,
              plane.function().port(),
              plane.folder().resolve("crossplane").resolve("client"));
    } catch (IOException failed) {
      plane.close();
      throw new UncheckedIOException("cannot start the in-memory function", failed);
    }
    try {
      allowInMemoryKinds(plane.kubernetes());
      return new InMemoryPlane(
          plane,
          coreFlags,
          function,
          OtherComposition.make(
              plane, NAME, step -> step.put("functionRef", Map.of("name", FUNCTION))));
    } catch (RuntimeException | Error failed) {
      function.close();
      plane.close();
      throw failed;
    }
  }

  /** The control plane. */
  public ControlPlane plane() {
    return plane;
  }

  /** What claims choose. */
  public OtherComposition composition() {
    return composition;
  }

  /**
   * What workspaces choose whose clusters are in memory; makes it.
   *
   * @param name of the Composition
   */
  public OtherComposition ofWorkspaces(String name) {
    return OtherComposition.make(
        plane, Project.WORKSPACES, name, step -> step.put("functionRef", Map.of("name", FUNCTION)));
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
}
