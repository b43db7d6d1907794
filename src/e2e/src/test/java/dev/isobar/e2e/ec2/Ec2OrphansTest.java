package dev.isobar.e2e.ec2;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.apis.compute.AssumedRole;
import dev.isobar.apis.compute.InstanceDisk;
import dev.isobar.apis.schema.Size;
import dev.isobar.e2e.plane.Alone;
import dev.isobar.e2e.plane.OnControlPlane;
import dev.isobar.e2e.plane.Planes;
import dev.isobar.e2e.provider.OrphansRun;
import dev.isobar.provider.ec2.Wish;
import dev.isobar.provider.external.Belonging;
import dev.isobar.provider.external.Creation;
import dev.isobar.provider.external.CreationToken;
import dev.isobar.provider.external.Effect;
import dev.isobar.provider.external.Machines;
import dev.isobar.provider.external.ObservedMachine;
import dev.isobar.provider.external.Offer;
import dev.isobar.provider.external.Order;
import dev.isobar.provider.external.Response;
import dev.isobar.provider.external.SecretBytes;
import dev.isobar.provider.external.Subject;
import dev.isobar.testbed.kubernetes.Kind;
import dev.isobar.testbed.kubernetes.Kubernetes;
import dev.isobar.testbed.kubernetes.Reference;
import dev.isobar.testbed.plane.ControlPlane;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import software.amazon.awssdk.services.ec2.Ec2Client;

/**
 * {@code isobar orphans} on EC2: machines, and what stays behind them. It lists all of an account,
 * so the one here is nobody else's.
 */
@OnControlPlane
@ResourceLock(Alone.EC2)
@ResourceLock(Alone.EMPTY)
final class Ec2OrphansTest {
  private static final Reference CONFIG =
      new Kind("compute.isobar.dev/v1alpha1", "ProviderConfig").named("search-ec2", "aws");
  private static final String ACCOUNT = "333333333333";
  private static final String KEY =
      "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIE1BQXxUo6Y7nY5W2q76ScuTyqR6shbmgeKi1AzGPd+j ops";
  private static final OrphansRun NONE = new OrphansRun(0, "", "no orphans\n");

  private final StandInEc2 cloud = StandInEc2.shared();
  private final Ec2Client operator = cloud.operatorOf(ACCOUNT);
  private final String role =
      new StandInIam(cloud.server().address()).roleOf(ACCOUNT, "isobar", "orphans", "ec2:*");
  private final Machines machines =
      cloud.machines(
          "testing", "testing-secret", Optional.of(new AssumedRole(role, Optional.of("orphans"))));
  private final ControlPlane plane = Planes.empty();
  private final Kubernetes kubernetes = plane.kubernetes();
  private final String uid = UUID.randomUUID().toString();
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
    String address = cloud.server().address().toString();
    var _ =
        kubernetes.apply(
            """
            apiVersion: compute.isobar.dev/v1alpha1
            kind: ProviderConfig
            metadata: {name: aws, namespace: search-ec2}
            spec:
              provider: EC2
              region: us-east-1
              credentials:
                secretRef: {name: keys, key: credentials}
                assumeRole: {arn: "%s", externalId: orphans}
              endpoints: {overrides: {ec2: "%s", sts: "%s"}}
            """
                .formatted(role, address, address));
  }

  @AfterEach
  void leaveNothing() {
    kubernetes.delete(CONFIG);
    seen().forEach(one -> assertThat(machines.delete(orphan, one.id())).isNotNull());
    StandInEc2.await("the machine is gone", this::seen, List::isEmpty);
    assertThat(machines.release(orphan)).isEqualTo(Response.of(List.of()));
    volumes().forEach(volume -> operator.deleteVolume(request -> request.volumeId(volume)));
    operator.close();
  }

  @Test
  void itListsWhatHasNoInstance() {
    config();
    assertThat(OrphansRun.on(plane)).isEqualTo(NONE);

    var kept =
        new InstanceDisk("data", new Size("1Gi"), Optional.empty(), false, false, Optional.empty());
    String id = made(wish -> wish.disks.add(kept));
    OrphansRun found = OrphansRun.on(plane);
    assertThat(found.code()).as(found.err()).isEqualTo(1);
    assertThat(found.out().lines().map(line -> line.replaceAll(" {3,}", "|")))
        .startsWith("KIND|ID|INSTANCE|SINCE|CONFIG")
        .anyMatch(line ->
            line.matches(
                "machine\\|" + id + "\\|search-ec2/gone\\|.*ProviderConfig search-ec2/aws"))
        .anyMatch(line -> line.matches("volume\\|vol-[0-9a-f]+\\|search-ec2/gone\\|.*"));
    assertThat(seen()).as("it deletes nothing").hasSize(1);

    assertThat(machines.delete(orphan, id)).isEqualTo(new Effect.Accepted());
    StandInEc2.await("the machine is gone", this::seen, List::isEmpty);
    assertThat(machines.release(orphan)).isEqualTo(Response.of(List.of()));
    assertThat(volumes()).as("the spec keeps it, and nobody is alarmed").hasSize(1);
    assertThat(OrphansRun.on(plane))
        .as("it may be of a machine that is coming, as long as it is young")
        .isEqualTo(NONE);
  }

  private String made(Consumer<Wish> saying) {
    Wish wish = Wish.machine();
    wish.image = StandInEc2.image(operator, "orphans");
    wish.type = "t3.micro";
    saying.accept(wish);
    var order =
        new Order(
            orphan,
            CreationToken.of(uid, 1),
            new Offer(wish.type, Optional.empty()),
            wish.parameters(),
            wish.userData,
            Optional.of(new SecretBytes(KEY.getBytes(StandardCharsets.UTF_8))));
    Creation outcome = machines.create(order);
    assertThat(outcome).isInstanceOf(Creation.Created.class);
    return ((Creation.Created) outcome).id();
  }

  private List<ObservedMachine> seen() {
    return Ec2Scene.answered(machines.observe(orphan));
  }

  private List<String> volumes() {
    List<Belonging> left =
        Ec2Scene.answered(machines.belongings()).stream()
            .filter(one -> one.uid().equals(uid) && one.kind().equals("volume"))
            .toList();
    assertThat(left).allMatch(Belonging::kept);
    return left.stream().map(Belonging::id).toList();
  }
}
