package dev.isobar.e2e.openstack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.apis.tree.Tree;
import dev.isobar.e2e.plane.Alone;
import dev.isobar.e2e.plane.OnControlPlane;
import dev.isobar.e2e.plane.Planes;
import dev.isobar.e2e.provider.CloudAccess;
import dev.isobar.e2e.provider.MovedCleanup;
import dev.isobar.e2e.provider.ProviderProcess;
import dev.isobar.provider.external.Machines;
import dev.isobar.provider.external.Response;
import dev.isobar.provider.external.Subject;
import dev.isobar.provider.openstack.OpenStackAccess;
import dev.isobar.testbed.kubernetes.Await;
import dev.isobar.testbed.kubernetes.Conditions;
import dev.isobar.testbed.kubernetes.Kind;
import dev.isobar.testbed.kubernetes.Kubernetes;
import dev.isobar.testbed.kubernetes.Reference;
import dev.isobar.testbed.plane.ControlPlane;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.parallel.ResourceLock;

/** A Secret that comes to lead to another project of a real OpenStack, and one that does not. */
@OnControlPlane
@OnOpenStack
@ResourceLock(Alone.OPENSTACK)
@ResourceLock(Alone.PROVIDER)
@TestInstance(Lifecycle.PER_CLASS)
final class MovedProjectTest {
  private static final Reference INSTANCE =
      new Kind("compute.isobar.dev/v1alpha1", "Instance").named("moved-project", "one");

  private final ControlPlane plane = Planes.machines();
  private final Kubernetes kubernetes = plane.kubernetes();
  private final Await await = Await.PATIENT;
  private ProviderProcess provider;

  @BeforeAll
  void start() {
    kubernetes.makeNamespace("moved-project", Map.of());
    var _ = access(Lab.cloud().cloudsYaml()).config(kubernetes, "moved-project", "lab");
    provider = ProviderProcess.start(plane, "provider-moved-project", "--poll=3s");
  }

  @AfterAll
  void end() {
    provider.stop();
  }

  private static CloudAccess access(String cloudsYaml) {
    return CloudAccess.openStack(cloudsYaml, "lab");
  }

  private void secret(String cloudsYaml) {
    access(cloudsYaml).secret(kubernetes, "moved-project", "lab");
  }

  private static String otherProject() {
    return Lab.cloud().cloudsYaml("chaos").replaceFirst("(?m)^  chaos:", "  lab:");
  }

  private static String account(Machines machines) {
    return switch (machines.account()) {
      case Response.Answered<String>(var account) -> account;
      case Response.Failed<String>(var failure) -> throw new AssertionError(failure);
    };
  }

  private static String annotation(Tree instance, String name) {
    return instance.at("metadata", "annotations", name).text().orElse("");
  }

  @Test
  void anotherProjectGetsNoMachineAndTheSameOneByOtherWordsKeepsIts() {
    Machines there =
        Lab.machines(otherProject(), Map.of(), new OpenStackAccess(InstantSource.system()));
    String here = account(Lab.machines());
    assertThat(account(there)).isNotEqualTo(here);
    var _ =
        kubernetes.apply(
            """
            apiVersion: compute.isobar.dev/v1alpha1
            kind: Instance
            metadata: {name: one, namespace: moved-project}
            spec:
              providerConfigRef: {kind: ProviderConfig, name: lab}
              forProvider: {machineType: {name: m1.tiny}, image: {id: %s}}
            """
                .formatted(Lab.cloud().id("image")));
    Tree made = await.until(kubernetes, INSTANCE, "is Ready", Conditions.is("Ready", "True"));
    String id = annotation(made, "crossplane.io/external-name");
    String uid = made.at("metadata", "uid").text().orElseThrow();
    assertThat(annotation(made, "isobar.dev/account")).isEqualTo(here);

    secret(otherProject());
    Tree refused =
        await.until(
            kubernetes,
            INSTANCE,
            "is refused",
            Conditions.is("Synced", "False", "InvalidConfiguration"));
    assertThat(Conditions.find(refused, "Synced").orElseThrow().at("message").text().orElseThrow())
        .isEqualTo(
            "machine %s is in account %s, and ProviderConfig/lab leads to %s; give it back its former credentials, or remove annotation isobar.dev/account to give the machine up"
                .formatted(id, here, account(there)));
    var subject = new Subject(uid, "moved-project", "one", Optional.of(id), Map.of());
    assertThat(there.observe(subject)).isEqualTo(Response.of(List.of()));

    // The project by its id, as when somebody writes the Secret anew.
    secret(
        Lab.cloud()
            .cloudsYaml()
            .replace("project_name: lab", "project_id: " + Lab.cloud().id("project")));
    Tree back = await.until(kubernetes, INSTANCE, "is Synced", Conditions.is("Synced", "True"));
    assertThat(back.at("metadata", "annotations").plain())
        .isEqualTo(made.at("metadata", "annotations").plain());
    kubernetes.delete(INSTANCE);
    await.untilGone(kubernetes, INSTANCE);
    assertThat(Lab.machines().observe(subject)).isEqualTo(Response.of(List.of()));
  }

  @Test
  void aCleanupDoesNotEndInAnotherProject() {
    Machines there =
        Lab.machines(otherProject(), Map.of(), new OpenStackAccess(InstantSource.system()));
    String here = account(Lab.machines());
    String config = "ProviderConfig moved-project/lab";
    secret(Lab.cloud().cloudsYaml());
    MovedCleanup cleanup = MovedCleanup.of(kubernetes, "moved-project", "lab");
    cleanup.remembers(here);
    secret(otherProject());
    cleanup.refuses(here, config, account(there));
    cleanup.isDeletedInVain(here, config, account(there));
    secret(Lab.cloud().cloudsYaml());
    cleanup.ends();
  }
}
