package dev.isobar.provider.external;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.apis.compute.InstanceParameters;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** The stand-in keeps the contract, with tokens and without, and misbehaves only as it is told. */
final class FakeCloudTest {
  @Nested
  final class WithTokens extends Kept {
    WithTokens() {
      super(true);
    }
  }

  @Nested
  final class WithoutTokens extends Kept {
    WithoutTokens() {
      super(false);
    }
  }

  abstract static class Kept extends MachinesContract {
    private final HandClock clock = new HandClock(Instant.parse("2026-11-25T10:00:00Z"));
    private final boolean tokens;
    private final FakeCloud cloud;
    private int instances;

    Kept(boolean tokens) {
      this.tokens = tokens;
      cloud = new FakeCloud(clock, tokens);
      cloud.refuse(
          noSuchType(), new Failure.InvalidConfiguration(CloudWords.ours("there is no such type")));
    }

    @Override
    protected Machines machines() {
      return cloud;
    }

    @Override
    protected InstanceParameters wanted() {
      return Wishes.machine("small", "ubuntu");
    }

    @Override
    protected Offer offer() {
      return new Offer("small", Optional.empty());
    }

    @Override
    protected boolean honoursTokens() {
      return tokens;
    }

    @Override
    protected <T> void await(String what, Supplier<T> look, Predicate<T> holds) {
      for (int second = 0; second < PATIENCE.toSeconds(); second++) {
        if (holds.test(look.get())) {
          return;
        }
        clock.advance(Duration.ofSeconds(1));
      }
      assertThat(look.get()).as(what).matches(holds);
    }

    @Override
    protected String newUid() {
      return "uid-" + instances++;
    }
  }

  private final HandClock clock = new HandClock(Instant.parse("2026-11-25T10:00:00Z"));
  private final FakeCloud cloud = new FakeCloud(clock, false);
  private final Subject subject = new Subject("uid", "lab", "one", Optional.empty(), Map.of());
  private final Order order =
      new Order(
          subject,
          CreationToken.of("uid", 1),
          new Offer("small", Optional.empty()),
          Wishes.machine("small", "ubuntu"),
          Optional.empty(),
          Optional.empty());

  @Test
  void aLostReplyHidesAnEffect() {
    cloud.loseReplyOnce("create");
    assertThat(cloud.create(order)).isInstanceOf(Creation.Unknown.class);
    assertThat(cloud.live()).containsExactly("m-1");
  }

  @Test
  void aDelayedCreationComesWhenNobodyWaitsForItAnyMore() {
    cloud.delayCreateOnce(Duration.ofSeconds(90));
    assertThat(cloud.create(order)).isInstanceOf(Creation.Unknown.class);
    clock.advance(Duration.ofSeconds(89));
    assertThat(cloud.live()).isEmpty();
    clock.advance(Duration.ofSeconds(1));
    assertThat(cloud.live()).containsExactly("m-1");
  }

  @Test
  void aFailureHappensOnceAndHasNoEffect() {
    cloud.failOnce("create", new Failure.QuotaExceeded(CloudWords.ours("no cores left")));
    assertThat(cloud.create(order)).isInstanceOf(Creation.Refused.class);
    assertThat(cloud.live()).isEmpty();
    assertThat(cloud.create(order)).isEqualTo(new Creation.Created("m-1"));
  }

  @Test
  void aNewMachineMayBeShownLate() {
    cloud.showAfter(Duration.ofSeconds(5));
    assertThat(cloud.create(order)).isEqualTo(new Creation.Created("m-1"));
    assertThat(cloud.observe(subject)).isEqualTo(Response.of(List.of()));
    clock.advance(Duration.ofSeconds(5));
    assertThat(((Response.Answered<List<ObservedMachine>>) cloud.observe(subject)).value())
        .hasSize(1);
  }
}
