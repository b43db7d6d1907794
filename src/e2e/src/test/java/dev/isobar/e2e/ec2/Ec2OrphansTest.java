package dev.isobar.e2e.ec2;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.apis.compute.InstanceDisk;
import dev.isobar.apis.schema.Size;
import dev.isobar.e2e.plane.Alone;
import dev.isobar.e2e.plane.OnControlPlane;
import dev.isobar.e2e.plane.Planes;
import dev.isobar.e2e.provider.OrphansRun;
import dev.isobar.provider.external.Belonging;
import dev.isobar.provider.external.CreationToken;
import dev.isobar.provider.external.Effect;
import dev.isobar.provider.external.Order;
import dev.isobar.provider.external.Response;
import dev.isobar.provider.external.Subject;
import dev.isobar.testbed.kubernetes.Kind;
import dev.isobar.testbed.kubernetes.Kubernetes;
import dev.isobar.testbed.kubernetes.Reference;
import dev.isobar.testbed.plane.ControlPlane;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;

/** {@code isobar orphans} on EC2: machines, and what stays behind them. */
@OnControlPlane
@ResourceLock(Alone.EC2)
@ResourceLock(Alone.EMPTY)
final class Ec2OrphansTest extends Ec2Scene {
  private static final Reference CONFIG =
      new Kind("compute.isobar.dev/v1alpha1", "ProviderConfig").named("search-ec2", "aws");

  private static final String KEY =
      "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIE1BQXxUo6Y7nY5W2q76ScuTyqR6shbmgeKi1AzGPd+j ops";

  private final ControlPlane plane = Planes.empty();
  private final Kubernetes kubernetes = plane.kubernetes();
  private final Subject orphan =
      new Subject(
          uid,
          "search-ec2",
          "gone",
          Optional.empty(),
          Map.of(
              Subject.UID_TAG,
              uid,
              Subject.INSTALLATION_TAG,
              installation(),
              Subject.NAMESPACE_TAG,
              "search-ec2",
              Subject.NAME_TAG,
              "gone"));

  private String installation() {
    return kubernetes
        .get(Kind.CUSTOM_RESOURCE_DEFINITION.named("instances.compute.isobar.dev"))
        .at("metadata", "uid")
        .text()
        .orElseThrow();
  }

  private void config() {
    kubernetes.makeNamespace("search-ec2", Map.of());
    var _ =
        kubernetes.apply(
            """
            apiVersion: v1
            kind: Secret
            metadata: {name: keys, namespace: search-ec2}
            stringData:
              credentials: |
                [default]
                aws_access_key_id = testing
                aws_secret_access_key = testing-secret
            """);
    String address = CLOUD.server().address().toString();
    var _ =
        kubernetes.apply(
            """
            apiVersion: compute.isobar.dev/v1alpha1
            kind: ProviderConfig
            metadata: {name: aws, namespace: search-ec2}
            spec:
              provider: EC2
              region: us-east-1
              credentials: {secretRef: {name: keys, key: credentials}}
              endpoints: {overrides: {ec2: "%s", sts: "%s"}}
            """
                .formatted(address, address));
  }

  @AfterEach
  void removeTheConfig() {
    kubernetes.delete(CONFIG);
  }

  @Test
  void itListsWhatHasNoInstance() {
    config();
    assertThat(OrphansRun.on(plane)).isEqualTo(new OrphansRun(0, "", "no orphans\n"));

    var kept = new InstanceDisk("data", new Size("1Gi"), Optional.empty(), false, false);
    Order plain = order(wish -> wish.disks.add(kept), Optional.of(KEY));
    String id =
        made(
            new Order(
                orphan,
                CreationToken.of(uid, 1),
                plain.offer(),
                plain.wanted(),
                plain.userData(),
                plain.publicKey()));
    OrphansRun found = OrphansRun.on(plane);
    assertThat(found.code()).as(found.err()).isEqualTo(1);
    assertThat(found.out().lines().map(line -> line.replaceAll(" {3,}", "|")))
        .startsWith("KIND|ID|INSTANCE|SINCE|CONFIG")
        .anyMatch(line ->
            line.matches(
                "machine\\|" + id + "\\|search-ec2/gone\\|.*ProviderConfig search-ec2/aws"))
        .anyMatch(line -> line.matches("volume\\|vol-[0-9a-f]+\\|search-ec2/gone\\|.*"));
    assertThat(seen()).as("it deletes nothing").hasSize(1);

    assertThat(MACHINES.delete(orphan, id)).isEqualTo(new Effect.Accepted());
    StandInEc2.await("the machine is gone", this::seen, List::isEmpty);
    assertThat(MACHINES.release(orphan)).isEqualTo(Response.of(List.of()));
    assertThat(volumes()).as("the spec keeps it").hasSize(1);
    assertThat(OrphansRun.on(plane))
        .as("it may be of a machine that is coming, as long as it is young")
        .isEqualTo(new OrphansRun(0, "", "no orphans\n"));
    volumes().forEach(volume -> CLOUD.operator().deleteVolume(request -> request.volumeId(volume)));
  }

  private List<String> volumes() {
    return answered(MACHINES.belongings()).stream()
        .filter(one -> one.uid().equals(uid) && one.kind().equals("volume"))
        .map(Belonging::id)
        .toList();
  }
}
