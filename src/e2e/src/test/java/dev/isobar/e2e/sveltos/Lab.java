package dev.isobar.e2e.sveltos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.apis.tree.Tree;
import dev.isobar.cli.yaml.Plain;
import dev.isobar.e2e.story.Departures;
import dev.isobar.e2e.story.OtherComposition;
import dev.isobar.e2e.story.Scene;
import dev.isobar.testbed.controller.Controller;
import dev.isobar.testbed.kubernetes.Await;
import dev.isobar.testbed.kubernetes.Conditions;
import dev.isobar.testbed.kubernetes.Kind;
import dev.isobar.testbed.kubernetes.Kubernetes;
import dev.isobar.testbed.kubernetes.Reference;
import dev.isobar.testbed.plane.ControlPlane;
import dev.isobar.testbed.workload.WorkloadCluster;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A claim without pools whose cluster is played, so that its add-ons can be deployed for real. The
 * charts of its own add-ons come from a repository of this machine.
 */
final class Lab {
  /** Everybody who takes part. */
  static final Controller[] CONTROLLERS = {
    Controller.CORE,
    Controller.KUBEADM_BOOTSTRAP,
    Controller.KUBEADM_CONTROL_PLANE,
    Controller.OPENSTACK,
    Controller.SVELTOS
  };

  static final String CLAIM = "eo-lab";

  /** Sveltos looks again every ten seconds, and add-ons wait for each other. */
  static final Await AWAIT = Await.PATIENT;

  private static final int MACHINES = 3;

  /** The order of architecture.md, of what the controllers here know of. */
  private static final List<Set<String>> DELETION =
      List.of(Set.of("KubeadmControlPlane"), Set.of("OpenStackCluster"), Set.of("Cluster"));

  /** Where nobody reaches the cluster's API. */
  private static final Set<String> LAST = Set.of("ClusterProfile", "Profile");

  /** Where Isobar's own charts come from. */
  private static final List<String> REPOSITORIES =
      List.of(
          "https://helm.cilium.io",
          "https://kubernetes.github.io/cloud-provider-openstack",
          "https://kubernetes-sigs.github.io/metrics-server",
          "https://helm.ngc.nvidia.com/nvidia",
          "https://hub.jupyter.org/helm-chart");

  /** What the gates of the add-ons look for: labels of a DaemonSet, by chart. */
  private static final Map<String, String> GATES =
      Map.of(
          "cilium", "k8s-app: cilium",
          "openstack-cloud-controller-manager",
              "app.kubernetes.io/name: openstack-cloud-controller-manager",
          "openstack-cinder-csi", "app: openstack-cinder-csi");

  private final Scene scene;
  private final OtherComposition composition;
  private final ChartRepository charts;
  private final WorkloadCluster workload;
  private final Reference claim;
  private final PlayedNodes nodes;

  private Lab(
      Scene scene, OtherComposition composition, ChartRepository charts, WorkloadCluster workload) {
    this.scene = scene;
    this.composition = composition;
    this.charts = charts;
    this.workload = workload;
    claim = Kind.CLAIM.named(scene.name(), CLAIM);
    nodes = new PlayedNodes(workload.kubernetes());
  }

  /**
   * Makes the claim, and everything that it needs, up to an API that answers.
   *
   * @param name of namespace, Cloud and Composition
   */
  static Lab open(ControlPlane plane, String name, ChartRepository charts) {
    Scene scene = Scene.set(plane, name, name, "clouds");
    giveCredentials(plane.kubernetes());
    var composition =
        OtherComposition.make(plane, name, step -> step.put("input", settings(step, charts)));
    var lab = new Lab(scene, composition, charts, plane.startWorkloadCluster());
    lab.asksFor();
    Tree accepted =
        AWAIT.until(
            plane.kubernetes(),
            lab.claim,
            "is Synced and accepted",
            Conditions.is("Synced", "True").and(Conditions.is("Accepted", "True")));
    lab.offerCharts(accepted);
    lab.cluster().comesUp(MACHINES);
    return lab;
  }

  /** The claim. */
  Reference claim() {
    return claim;
  }

  /** What is inside the cluster. */
  Kubernetes inside() {
    return workload.kubernetes();
  }

  /** The cluster. */
  PlayedCluster cluster() {
    return new PlayedCluster(management(), workload, claim.namespace(), clusterName());
  }

  /** Applies the claim with exactly these add-ons of its own. */
  void asksFor(OwnAddon... extra) {
    var _ =
        scene.claim(
            claim.namespace(),
            claim.name(),
            spec -> {
              composition.choose(scene.plane(), spec);
              spec.put("pools", List.of());
              spec.put("addons", Map.of("extra", Stream.of(extra).map(OwnAddon::fields).toList()));
            });
  }

  /** Waits until every add-on is deployed. */
  void settles() {
    var _ =
        AWAIT.until(
            management(),
            claim,
            "has all its add-ons",
            Conditions.is("AddonsReady", "True", "Deployed"));
  }

  /** Waits until an add-on is said to be in a state, and returns what is said of it. */
  String awaitState(String addon, String state) {
    Tree seen =
        AWAIT.until(
            management(),
            claim,
            "says that add-on " + addon + " is " + state,
            tree -> addon(tree, addon).at("state").text().filter(state::equals).isPresent());
    return addon(seen, addon).at("message").text().orElse("");
  }

  /** The states of all add-ons by name, as the claim tells them. */
  Map<String, String> states() {
    var states = new TreeMap<String, String>();
    for (Tree addon : management().get(claim).at("status", "addons").items()) {
      states.put(addon.at("name").text().orElse(""), addon.at("state").text().orElse(""));
    }
    return states;
  }

  /** Waits until Sveltos has done with an add-on that left the claim. */
  void awaitGone(String addon) {
    var _ =
        AWAIT.until(
            "Sveltos has forgotten add-on " + addon,
            () ->
                management()
                    .list(
                        Kind.CLUSTER_SUMMARY,
                        claim.namespace(),
                        Map.of("isobar.dev/addon", addon, "isobar.dev/cluster", clusterName())),
            List::isEmpty);
  }

  /** Ends the cluster's API as a crash does. */
  void dies() {
    leave();
    workload.server().kill();
  }

  /** Deletes the claim, and waits until nothing is left of it in the management cluster. */
  void goes() {
    String cluster = clusterName();
    List<Reference> composed = composed();
    List<Set<String>> steps = new ArrayList<>(DELETION);
    if (!workload.server().runs()) {
      steps.add(LAST);
    }
    try (var departures =
        new Departures(
            management(),
            Map.of("isobar.dev/cluster", cluster),
            Kind.CONTROL_PLANE,
            PlayedCluster.INFRASTRUCTURE,
            Kind.CLUSTER,
            Kind.CLUSTER_PROFILE,
            Kind.PROFILE)) {
      Scene.deleteUnused(management(), claim, AWAIT);
      cluster().letsGo();
      AWAIT.untilGone(management(), claim);
      composed.forEach(one -> AWAIT.untilGone(management(), one));
      var _ =
          AWAIT.until(
              "the last of every step was seen to go",
              departures::sorts,
              seen -> steps.stream().allMatch(step -> step.stream().anyMatch(seen::contains)));
      assertThat(departures.outOfTurn(steps)).as("what went out of turn").isEmpty();
    } catch (IOException failed) {
      throw new UncheckedIOException("what goes cannot be followed", failed);
    }
    var _ =
        AWAIT.until(
            "Sveltos has forgotten " + cluster,
            () ->
                management()
                    .list(
                        Kind.CLUSTER_SUMMARY,
                        claim.namespace(),
                        Map.of("projectsveltos.io/cluster-name", cluster)),
            List::isEmpty);
    leave();
  }

  private void leave() {
    try {
      nodes.close();
    } catch (IOException failed) {
      throw new UncheckedIOException("nodes do not leave", failed);
    }
  }

  /** What the claim's composite is composed of. */
  List<Reference> composed() {
    Tree object = management().get(claim);
    return scene.composed(
        object.at("spec", "resourceRef").exists() ? scene.composite(claim) : object);
  }

  /** Another Composition of a kind, by its plural, whose charts come from the same place. */
  OtherComposition composition(String kinds, String name) {
    return OtherComposition.make(
        scene.plane(), kinds, name, step -> step.put("input", settings(step, charts)));
  }

  private Kubernetes management() {
    return scene.plane().kubernetes();
  }

  private String clusterName() {
    return management().get(claim).at("status", "clusterName").text().orElseThrow();
  }

  private static Tree addon(Tree claim, String name) {
    return claim.at("status", "addons").items().stream()
        .filter(addon -> addon.at("name").text().filter(name::equals).isPresent())
        .findFirst()
        .orElseGet(Tree::absent);
  }

  /** Offers the charts of Isobar's own add-ons in the versions that the claim names. */
  private void offerCharts(Tree accepted) {
    for (Tree addon : accepted.at("status", "addons").items()) {
      Optional<String> chart = addon.at("chart").text();
      chart.ifPresent(name ->
          charts.offer(
              name,
              addon.at("version").text().orElseThrow(),
              GATES.containsKey(name) ? daemonSet(name, GATES.get(name)) : configMap(name)));
    }
  }

  private static String daemonSet(String name, String label) {
    return """
    apiVersion: apps/v1
    kind: DaemonSet
    metadata:
      name: %s
      namespace: {{ .Release.Namespace }}
      labels: {%s}
    spec:
      selector:
        matchLabels: {%s}
      template:
        metadata:
          labels: {%s}
        spec:
          containers:
          - {name: main, image: example.org/nothing:1}
    """
        .formatted(name, label, label, label);
  }

  /** A chart that is nothing but a ConfigMap. */
  static String configMap(String name) {
    return """
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: %s
      namespace: {{ .Release.Namespace }}
    """
        .formatted(name);
  }

  /** The input of a Composition's step, with all charts from a repository of this machine. */
  static Map<String, @Nullable Object> settings(
      Map<String, @Nullable Object> step, ChartRepository charts) {
    var settings = Plain.copy(step.get("input"));
    settings.put(
        "chartMirrors",
        REPOSITORIES.stream().map(from -> Map.of("from", from, "to", charts.address())).toList());
    return settings;
  }

  /** What the Cloud's workloadCredentials name. */
  private static void giveCredentials(Kubernetes kubernetes) {
    var _ =
        kubernetes.apply(
            Map.of(
                "apiVersion",
                "v1",
                "kind",
                "Secret",
                "metadata",
                Map.of("name", "wekeo-workload", "namespace", "clouds"),
                "stringData",
                Map.of("clouds.yaml", "clouds: {openstack: {region_name: played}}")));
  }
}
