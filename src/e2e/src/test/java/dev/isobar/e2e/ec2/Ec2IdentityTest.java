package dev.isobar.e2e.ec2;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.apis.compute.AssumedRole;
import dev.isobar.e2e.plane.Alone;
import dev.isobar.provider.ec2.Wish;
import dev.isobar.provider.external.Creation;
import dev.isobar.provider.external.CreationToken;
import dev.isobar.provider.external.Failure;
import dev.isobar.provider.external.Machines;
import dev.isobar.provider.external.ObservedMachine;
import dev.isobar.provider.external.Offer;
import dev.isobar.provider.external.Order;
import dev.isobar.provider.external.Response;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;

/** Who asks, and what they may do: in a stand-in where signatures and policies count. */
@ResourceLock(Alone.EC2)
final class Ec2IdentityTest {
  private static final StandInEc2 CLOUD = StandInEc2.own();
  private static StandInIam.Keys reader = new StandInIam.Keys("", "");
  private static StandInIam.Keys assumer = new StandInIam.Keys("", "");
  private static String role = "";
  private static String image = "";

  @BeforeAll
  static void prepare() {
    image = CLOUD.image("identity");
    var iam = new StandInIam(CLOUD.server().address());
    reader = iam.user("reader", "ec2:Describe*");
    assumer = iam.user("assumer", "sts:AssumeRole");
    role = iam.role("isobar", "tenant-7", "ec2:*");
    CLOUD.server().enforcePolicies();
  }

  @AfterAll
  static void end() {
    CLOUD.server().close();
  }

  private static Machines as(StandInIam.Keys keys, Optional<AssumedRole> assumed) {
    return CLOUD.machines(keys.id(), keys.secret(), assumed);
  }

  private static Failure failure(Response<List<ObservedMachine>> answer) {
    return switch (answer) {
      case Response.Failed<List<ObservedMachine>>(var failure) -> failure;
      case Response.Answered<List<ObservedMachine>> answered -> throw new AssertionError(answered);
    };
  }

  private static Order order() {
    Wish wish = Wish.machine();
    wish.image = image;
    return new Order(
        Wish.SUBJECT,
        CreationToken.of(Wish.SUBJECT.uid(), 1),
        new Offer("t3.micro", Optional.empty()),
        wish.parameters(),
        Optional.empty(),
        Optional.empty());
  }

  @Test
  void whoMayOnlyLookIsToldSo() {
    Machines machines = as(reader, Optional.empty());
    assertThat(machines.list()).isEqualTo(Response.of(List.of()));
    assertThat(machines.create(order()))
        .isInstanceOfSatisfying(
            Creation.Refused.class,
            refused -> {
              assertThat(refused.failure()).isInstanceOf(Failure.AuthenticationFailed.class);
              assertThat(refused.failure().words().text())
                  .contains("UnauthorizedOperation")
                  .doesNotContain(reader.secret(), reader.id());
            });
    assertThat(machines.list()).isEqualTo(Response.of(List.of()));
  }

  @Test
  void wrongKeysAreToldApartFromMissingRights() {
    var keys = new StandInIam.Keys(reader.id(), "not-the-secret-at-all");
    assertThat(failure(as(keys, Optional.empty()).list()))
        .isInstanceOf(Failure.AuthenticationFailed.class);
  }

  @Test
  void aRoleIsAssumedByWhoKnowsItsExternalId() {
    var known = new AssumedRole(role, Optional.of("tenant-7"));
    assertThat(as(assumer, Optional.of(known)).list()).isEqualTo(Response.of(List.of()));
    for (Optional<String> guess : List.of(Optional.of("tenant-8"), Optional.<String>empty())) {
      var unknown = new AssumedRole(role, guess);
      assertThat(failure(as(assumer, Optional.of(unknown)).list()))
          .isInstanceOf(Failure.AuthenticationFailed.class);
    }
  }
}
