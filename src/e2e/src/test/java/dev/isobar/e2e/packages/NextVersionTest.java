package dev.isobar.e2e.packages;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.apis.tree.Tree;
import dev.isobar.e2e.plane.OnControlPlane;
import dev.isobar.e2e.plane.Planes;
import dev.isobar.e2e.story.Scene;
import dev.isobar.packaging.xpkg.PackageKind;
import dev.isobar.packaging.xpkg.Version;
import dev.isobar.testbed.kubernetes.Await;
import dev.isobar.testbed.kubernetes.Conditions;
import dev.isobar.testbed.kubernetes.Kind;
import dev.isobar.testbed.kubernetes.Kubernetes;
import dev.isobar.testbed.kubernetes.Reference;
import dev.isobar.testbed.plane.ControlPlane;
import dev.isobar.testbed.plane.Options;
import dev.isobar.testbed.process.LocalProcess;
import dev.isobar.testbed.process.Ports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The life of an installation: a cluster is asked for, the packages are brought to the next version
 * and nothing of the cluster is touched, everything is taken away and nothing is left, and the
 * other flavour takes the names that are free by then. The next version is that of the same
 * sources, as long as nothing is released: what is tried is how core goes from one to the other.
 */
@OnControlPlane
final class NextVersionTest {
  private static final Version NEXT = new Version("v0.1.1");
  private static final String NAMESPACE = "lived-through";
  private static final Reference CLAIM = Kind.CLAIM.named(NAMESPACE, "eo-lab");
  private static final String LARGEST =
      "cluster.x-k8s.io/cluster-api-autoscaler-node-group-max-size";

  /** What makes machines, or is what they are made of. */
  private static final List<Kind> OF_A_CLUSTER =
      List.of(
          Kind.CLUSTER,
          Kind.CONTROL_PLANE,
          Kind.MACHINE_DEPLOYMENT,
          new Kind("bootstrap.cluster.x-k8s.io/v1beta2", "KubeadmConfigTemplate"),
          new Kind("infrastructure.cluster.x-k8s.io/v1beta1", "OpenStackMachineTemplate"),
          new Kind("infrastructure.isobar.dev/v1alpha1", "GpuMachineTemplate"));

  private static final int OBJECTS = 9;

  @TempDir Path folder;

  @Test
  void anInstallationIsUpgradedAndTakenAway() throws IOException {
    try (ControlPlane plane = Planes.own("upgraded", Options.ofPackages())) {
      Installation installation = Installation.withRegistry(plane);
      Built before = push(installation, Built.VERSION);

      var _ = plane.kubectl("apply", "-k", plane.project().root() + "/package/capi-bridge");
      installation.install(PackageKind.CONFIGURATION_ISOBAR, Built.VERSION);
      LocalProcess function = run(installation, before, Built.VERSION);
      installation.awaitHealthy(installation.configuration(PackageKind.CONFIGURATION_ISOBAR));
      askForCluster(plane);
      Map<String, String> cluster = whenMade(plane.kubernetes());

      // Not sooner: core takes the newest that there is of what a configuration depends on.
      Built after = push(installation, NEXT);
      upgrade(installation, after, function);
      changeReachesTheNewFunction(plane.kubernetes());
      assertThat(made(plane.kubernetes())).as("what machines are made of").isEqualTo(cluster);

      takeAway(installation);
      otherFlavourFits(installation, after);
    }
  }

  private Built push(Installation installation, Version version) {
    return Built.push(
        folder.resolve(version.tag()), installation.home(), version, Built.Cache.WITHOUT);
  }

  /** Lets core take its programs for ones that run, and starts the one that is called. */
  private static LocalProcess run(Installation installation, Built built, Version version)
      throws IOException {
    takeProvider(installation, version);
    return runFunction(installation, built, version);
  }

  private static void takeProvider(Installation installation, Version version) {
    String revision = installation.revision(installation.provider(), version);
    installation.plane().core().packages().provider(revision);
    installation.awaitHealthy(installation.provider());
  }

  private static LocalProcess runFunction(Installation installation, Built built, Version version)
      throws IOException {
    var runtime = installation.plane().core().packages();
    int port = Ports.free();
    Path certificates =
        runtime.function(installation.revision(installation.function(), version), port);
    LocalProcess function =
        installation.startFunction(built.root(PackageKind.FUNCTION_ISOBAR), port, certificates);
    installation.awaitHealthy(installation.function());
    return function;
  }

  /** The Cloud says enough by itself; nobody looks at it here. */
  private static void askForCluster(ControlPlane plane) throws IOException {
    Kubernetes kubernetes = plane.kubernetes();
    awaitServed(kubernetes, Kind.CLAIM, "platformclusters", true);
    awaitServed(kubernetes, Kind.CLOUD, "clouds", true);
    kubernetes.makeNamespace(NAMESPACE, Map.of());
    var _ = kubernetes.apply(story(plane, "cloud.yaml"));
    var _ = kubernetes.apply(story(plane, "claim.yaml"));
  }

  private static String story(ControlPlane plane, String file) throws IOException {
    return Files.readString(plane.project().story("openstack-gpu-lab").resolve(file))
        .replace("namespace: eo4eu", "namespace: " + NAMESPACE);
  }

  private static Map<String, String> whenMade(Kubernetes kubernetes) {
    return Await.PATIENT.until(
        "the cluster is made of " + OBJECTS + " objects",
        () -> made(kubernetes),
        objects -> objects.size() == OBJECTS);
  }

  /** Which objects there are, and how often their specs were changed. */
  private static Map<String, String> made(Kubernetes kubernetes) {
    var objects = new TreeMap<String, String>();
    for (Kind kind : OF_A_CLUSTER) {
      for (Tree object : kubernetes.list(kind, NAMESPACE)) {
        Tree metadata = object.at("metadata");
        objects.put(
            kind.name() + " " + metadata.at("name").text().orElseThrow(),
            metadata.at("uid").text().orElseThrow()
                + " "
                + metadata.at("generation").whole().orElseThrow());
      }
    }
    return objects;
  }

  /** In the order that the page on installing says. */
  private static void upgrade(Installation installation, Built after, LocalProcess former)
      throws IOException {
    installation.move(installation.provider(), PackageKind.PROVIDER_ISOBAR, NEXT);
    takeProvider(installation, NEXT);
    installation.move(installation.function(), PackageKind.FUNCTION_ISOBAR, NEXT);
    var _ = runFunction(installation, after, NEXT);
    former.stop();
    Reference configuration = installation.configuration(PackageKind.CONFIGURATION_ISOBAR);
    installation.move(configuration, PackageKind.CONFIGURATION_ISOBAR, NEXT);
    var _ = installation.revision(configuration, NEXT);
    installation.awaitHealthy(configuration);
  }

  /** The former one has ended, so whoever answers is the new one. */
  private static void changeReachesTheNewFunction(Kubernetes kubernetes) {
    Tree claim = kubernetes.get(CLAIM);
    var pools = claim.at("spec", "pools").items().stream().map(NextVersionTest::larger).toList();
    var _ = kubernetes.patch(CLAIM, Map.of("spec", Map.of("pools", pools)));
    var _ =
        Await.PATIENT.until(
            "a pool may grow to eleven",
            () ->
                kubernetes.list(Kind.MACHINE_DEPLOYMENT, NAMESPACE).stream()
                    .map(one -> one.at("metadata", "annotations", LARGEST).text().orElse(""))
                    .toList(),
            largest -> largest.contains("11"));
  }

  private static Map<String, Object> larger(Tree pool) {
    var changed = new TreeMap<String, Object>();
    for (String field : pool.fields()) {
      changed.put(field, pool.at(field).plain());
    }
    if (pool.at("name").text().orElseThrow().equals("general")) {
      changed.put("autoscale", Map.of("min", 2, "max", 11));
    }
    return changed;
  }

  /** In the order that the page on installing says; nothing of ours is left but the bridge. */
  private static void takeAway(Installation installation) {
    Kubernetes kubernetes = installation.plane().kubernetes();
    kubernetes.delete(CLAIM);
    Await.PATIENT.untilGone(kubernetes, CLAIM);
    kubernetes
        .list(Kind.CLUSTER, NAMESPACE)
        .forEach(cluster -> {
          String name = cluster.at("metadata", "name").text().orElseThrow();
          Scene.letGo(kubernetes, Kind.CLUSTER.named(NAMESPACE, name), Await.PATIENT);
        });
    var _ = Await.PATIENT.until("the cluster is gone", () -> made(kubernetes), Map::isEmpty);
    kubernetes.delete(Kind.CLOUD.named("wekeo"));
    Await.PATIENT.untilGone(kubernetes, Kind.CLOUD.named("wekeo"));

    kubernetes.delete(installation.configuration(PackageKind.CONFIGURATION_ISOBAR));
    awaitServed(kubernetes, Kind.CLAIM, "platformclusters", false);
    kubernetes.delete(installation.function());
    kubernetes.delete(installation.provider());
    awaitServed(kubernetes, Kind.CLOUD, "clouds", false);
    for (String kind : List.of("Configuration", "Function", "Provider")) {
      var _ =
          Await.PATIENT.until(
              "no revision of a " + kind + " is left",
              () -> kubernetes.list(new Kind(Installation.API, kind + "Revision"), ""),
              List::isEmpty);
    }
  }

  private static void otherFlavourFits(Installation installation, Built built) throws IOException {
    installation.install(PackageKind.CONFIGURATION_ISOBAR_NAMESPACED, NEXT);
    var _ = run(installation, built, NEXT);
    installation.awaitHealthy(
        installation.configuration(PackageKind.CONFIGURATION_ISOBAR_NAMESPACED));
    Kubernetes kubernetes = installation.plane().kubernetes();
    awaitServed(kubernetes, Kind.CLAIM, "platformclusters", true);
    var _ = kubernetes.apply(story(installation.plane(), "claim.yaml"));
    Tree told =
        Await.PATIENT.until(
            kubernetes,
            CLAIM,
            "says that there is no such Cloud",
            Conditions.is("Accepted", "False"));
    assertThat(Conditions.words(told, "Accepted")).contains("there is no Cloud \"wekeo\"");
    assertThat(told.at("spec", "resourceRef").exists()).as("a claim has a composite").isFalse();
  }

  private static void awaitServed(
      Kubernetes kubernetes, Kind kind, String plural, boolean expected) {
    var _ =
        Await.PATIENT.until(
            plural + (expected ? " are served" : " are served no more"),
            () -> kubernetes.serves(kind.apiVersion(), plural),
            served -> served == expected);
  }
}
