package dev.isobar.e2e.ec2;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.apis.compute.AssumedRole;
import dev.isobar.apis.tree.Tree;
import dev.isobar.e2e.plane.Alone;
import dev.isobar.e2e.plane.OnControlPlane;
import dev.isobar.e2e.plane.Planes;
import dev.isobar.e2e.provider.MovedCleanup;
import dev.isobar.e2e.provider.ProviderProcess;
import dev.isobar.provider.external.Machines;
import dev.isobar.provider.external.Response;
import dev.isobar.provider.external.Subject;
import dev.isobar.testbed.kubernetes.Await;
import dev.isobar.testbed.kubernetes.Conditions;
import dev.isobar.testbed.kubernetes.Kind;
import dev.isobar.testbed.kubernetes.Kubernetes;
import dev.isobar.testbed.kubernetes.Reference;
import dev.isobar.testbed.plane.ControlPlane;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.parallel.ResourceLock;

/** A ProviderConfig that comes to lead to another account, and one of another region. */
@OnControlPlane
@ResourceLock(Alone.EC2)
@ResourceLock(Alone.PROVIDER)
@TestInstance(Lifecycle.PER_CLASS)
final class Ec2MovedAccountTest extends Ec2Scene {
  private static final Reference INSTANCE =
      new Kind("compute.isobar.dev/v1alpha1", "Instance").named("moved-account", "one");
  private static final String ROLE =
      new StandInIam(CLOUD.server().address())
          .roleOf("222222222222", "isobar", "tenant-7", "ec2:*");

  private final ControlPlane plane = Planes.machines();
  private final Kubernetes kubernetes = plane.kubernetes();
  private final Await await = Await.PATIENT;
  private ProviderProcess provider;

  @BeforeAll
  void start() {
    kubernetes.makeNamespace("moved-account", Map.of());
    var _ =
        kubernetes.apply(
            """
            apiVersion: v1
            kind: Secret
            metadata: {name: keys, namespace: moved-account}
            stringData:
              credentials: |
                [default]
                aws_access_key_id = testing
                aws_secret_access_key = testing-secret
            """);
    config("aws", "us-east-1", "");
    config("europe", "eu-west-1", "");
    provider = ProviderProcess.start(plane, "provider-moved-account", "--poll=3s");
  }

  @AfterAll
  void end() {
    provider.stop();
  }

  private void config(String name, String region, String more) {
    String address = CLOUD.server().address().toString();
    var _ =
        kubernetes.apply(
            """
            apiVersion: compute.isobar.dev/v1alpha1
            kind: ProviderConfig
            metadata: {name: %s, namespace: moved-account}
            spec:
              provider: EC2
              region: %s
              credentials: {secretRef: {name: keys, key: credentials}%s}
              endpoints: {overrides: {ec2: "%s", sts: "%s"}}
            """
                .formatted(name, region, more, address, address));
  }

  private void use(String config) {
    var _ =
        kubernetes.patch(
            INSTANCE, Map.of("spec", Map.of("providerConfigRef", Map.of("name", config))));
  }

  private Tree refused(String leads) {
    return await.until(
        kubernetes,
        INSTANCE,
        "is refused because of " + leads,
        seen ->
            Conditions.is("Synced", "False", "InvalidConfiguration").test(seen)
                && Conditions.find(seen, "Synced")
                    .flatMap(one -> one.at("message").text())
                    .filter(text -> text.contains("leads to " + leads + ";"))
                    .isPresent());
  }

  private static String annotation(Tree instance, String name) {
    return instance.at("metadata", "annotations", name).text().orElse("");
  }

  @Test
  void anotherAccountAndAnotherRegionGetNoMachine() {
    Machines there =
        CLOUD.machines(
            "testing",
            "testing-secret",
            Optional.of(new AssumedRole(ROLE, Optional.of("tenant-7"))));
    assertThat(MACHINES.account()).isEqualTo(Response.of("EC2/us-east-1/123456789012"));
    assertThat(there.account()).isEqualTo(Response.of("EC2/us-east-1/222222222222"));
    var _ =
        kubernetes.apply(
            """
            apiVersion: compute.isobar.dev/v1alpha1
            kind: Instance
            metadata: {name: one, namespace: moved-account}
            spec:
              providerConfigRef: {kind: ProviderConfig, name: aws}
              forProvider: {machineType: {name: t3.micro}, image: {id: %s}}
            """
                .formatted(IMAGE));
    Tree made = await.until(kubernetes, INSTANCE, "is Ready", Conditions.is("Ready", "True"));
    String id = annotation(made, "crossplane.io/external-name");
    var subject =
        new Subject(
            made.at("metadata", "uid").text().orElseThrow(),
            "moved-account",
            "one",
            Optional.of(id),
            Map.of());
    assertThat(annotation(made, "isobar.dev/account")).isEqualTo("EC2/us-east-1/123456789012");

    config("aws", "us-east-1", ", assumeRole: {arn: \"" + ROLE + "\", externalId: tenant-7}");
    var _ = refused("EC2/us-east-1/222222222222");
    assertThat(there.observe(subject)).isEqualTo(Response.of(List.of()));
    config("aws", "us-east-1", "");
    use("europe");
    var _ = refused("EC2/eu-west-1/123456789012");
    use("aws");
    Tree back = await.until(kubernetes, INSTANCE, "is Synced", Conditions.is("Synced", "True"));
    assertThat(annotation(back, "crossplane.io/external-name")).isEqualTo(id);
    kubernetes.delete(INSTANCE);
    await.untilGone(kubernetes, INSTANCE);
    assertThat(MACHINES.observe(subject)).isEqualTo(Response.of(List.of()));
  }

  @Test
  void aCleanupDoesNotEndInAnotherAccount() {
    String here = "EC2/us-east-1/123456789012";
    String there = "EC2/us-east-1/222222222222";
    String name = "ProviderConfig moved-account/aws";
    config("aws", "us-east-1", "");
    MovedCleanup cleanup = MovedCleanup.of(kubernetes, "moved-account", "aws");
    cleanup.remembers(here);
    config("aws", "us-east-1", ", assumeRole: {arn: \"" + ROLE + "\", externalId: tenant-7}");
    cleanup.refuses(here, name, there);
    cleanup.isDeletedInVain(here, name, there);
    config("aws", "us-east-1", "");
    cleanup.ends();
  }
}
