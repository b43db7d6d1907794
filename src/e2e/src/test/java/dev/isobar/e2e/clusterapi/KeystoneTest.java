package dev.isobar.e2e.clusterapi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.apis.tree.Tree;
import dev.isobar.e2e.plane.OnControlPlane;
import dev.isobar.e2e.plane.Planes;
import dev.isobar.e2e.provider.CloudAccess;
import dev.isobar.e2e.story.Scene;
import dev.isobar.testbed.controller.Controller;
import dev.isobar.testbed.kubernetes.Await;
import dev.isobar.testbed.kubernetes.Conditions;
import dev.isobar.testbed.kubernetes.Kind;
import dev.isobar.testbed.kubernetes.Kubernetes;
import dev.isobar.testbed.kubernetes.Reference;
import dev.isobar.testbed.plane.ControlPlane;
import dev.isobar.testbed.process.LocalProcess;
import dev.isobar.testbed.process.LogTail;
import dev.isobar.testbed.process.Ports;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * A cloud that does not answer. Cluster API's OpenStack provider keeps that to its log, so the
 * claim has the reason from the Cloud, whose own provider sees the same Keystone.
 */
@OnControlPlane
final class KeystoneTest {
  private static final String NAMESPACE = "keystone";
  private static final Kind INFRASTRUCTURE =
      new Kind("infrastructure.cluster.x-k8s.io/v1beta1", "OpenStackCluster");

  /** Whose cloud it waits for, who must act, and only then what Cluster API knows. */
  private static final String WAITS =
      "networks and load balancer are being made in Cloud keystone; if this lasts, the platform"
          + " team must see whether it answers Cluster API and takes its credentials; Cluster API"
          + " says: OpenStackCluster status.initialization.provisioned is false";

  private final ControlPlane plane =
      Planes.claims()
          .with(
              Controller.CORE,
              Controller.KUBEADM_BOOTSTRAP,
              Controller.KUBEADM_CONTROL_PLANE,
              Controller.OPENSTACK);
  private final Kubernetes kubernetes = plane.kubernetes();
  private final Await await = Await.PATIENT;

  @Test
  void unreachableKeystoneIsExplainedByTheCloud() {
    String address = "http://127.0.0.1:" + Ports.free() + "/v3";
    Scene scene = Scene.set(plane, NAMESPACE, NAMESPACE);
    giveCredentials(address);
    scene.cloud(spec ->
        spec.put(
            "clusterApi",
            Map.of(
                "identityRef",
                Map.of("kind", "Secret", "name", "openstack-credentials"),
                "gpuMachines",
                "Isobar")));
    Reference claim = scene.claim(NAMESPACE, "eo-lab");
    Tree waiting =
        await.until(
            kubernetes,
            claim,
            "waits for its network, which it says in its own words first: " + WAITS,
            Conditions.is("InfrastructureReady", "False", "Provisioning")
                .and(one -> message(one, "InfrastructureReady").equals(WAITS)));
    assertThat(waiting.at("status", "message").text()).contains(WAITS);
    var _ =
        await.until(
            "Cluster API's OpenStack provider has asked " + address + " in vain",
            this::log,
            text -> text.contains(address) && text.contains("connection refused"),
            _ -> LogTail.of(provider().log()));
    Reference infrastructure =
        INFRASTRUCTURE.named(NAMESPACE, waiting.at("status", "clusterName").text().orElseThrow());
    assertThat(kubernetes.get(infrastructure).at("status").exists())
        .as("a status of %s, which could explain it", infrastructure)
        .isFalse();

    scene.says("False", "CloudUnreachable", "Keystone at " + address + " does not answer");

    Tree told =
        await.until(
            kubernetes,
            claim,
            "tells that the cloud does not answer",
            Conditions.is("InfrastructureReady", "False", "CloudUnreachable"));
    String sentence =
        "Cloud keystone: Keystone at " + address + " does not answer; the platform team must act";
    assertThat(message(told, "InfrastructureReady")).isEqualTo(sentence);
    assertThat(message(told, "CloudResolved")).contains("CloudUnreachable", address);
    assertThat(told.at("status", "message").text())
        .contains(
            "Cloud keystone is known, but reports CloudUnreachable: Keystone at "
                + address
                + " does not answer; the platform team must act");
    assertThat(told.at("status", "stage").text()).contains("Provisioning");

    scene.says("True", "Available", "");

    var _ =
        await.until(
            kubernetes,
            claim,
            "waits for its network as before",
            Conditions.is("InfrastructureReady", "False", "Provisioning")
                .and(Conditions.is("CloudResolved", "True", "Resolved")));
    goes(scene, claim);
  }

  /** Nothing of the cloud exists, so nothing of it has to be asked for permission to go. */
  private void goes(Scene scene, Reference claim) {
    List<Reference> composed = scene.composed(scene.composite(claim));
    kubernetes.delete(claim);
    await.untilGone(kubernetes, claim);
    composed.forEach(one -> await.untilGone(kubernetes, one));
  }

  private void giveCredentials(String address) {
    String clouds =
        """
        clouds:
          openstack:
            auth_type: v3applicationcredential
            auth:
              auth_url: %s
              application_credential_id: nobody
              application_credential_secret: nothing
            region_name: RegionOne
        """
            .formatted(address);
    CloudAccess.openStack(clouds, "openstack")
        .secret(kubernetes, NAMESPACE, "openstack-credentials");
  }

  private String log() {
    try {
      return Files.readString(provider().log());
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private LocalProcess provider() {
    return plane.controllers().process(Controller.OPENSTACK);
  }

  private static String message(Tree object, String condition) {
    return Conditions.find(object, condition)
        .flatMap(found -> found.at("message").text())
        .orElse("");
  }
}
