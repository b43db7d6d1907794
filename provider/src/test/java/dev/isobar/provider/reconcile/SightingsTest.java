package dev.isobar.provider.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.provider.external.CloudWords;
import dev.isobar.provider.external.Creation;
import dev.isobar.provider.external.CreationToken;
import dev.isobar.provider.external.Failure;
import dev.isobar.provider.external.FakeCloud;
import dev.isobar.provider.external.HandClock;
import dev.isobar.provider.external.ObservedMachine;
import dev.isobar.provider.external.Offer;
import dev.isobar.provider.external.Order;
import dev.isobar.provider.external.Response;
import dev.isobar.provider.external.Subject;
import dev.isobar.provider.external.Wishes;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SightingsTest {
  private final HandClock clock = new HandClock(Instant.parse("2026-11-25T10:00:00Z"));
  private final FakeCloud cloud = new FakeCloud(clock, false);
  private final Sightings sightings = new Sightings(cloud, clock, Duration.ofMinutes(1));

  private Subject made(String uid) {
    Subject subject = new Subject(uid, "lab", uid, Optional.empty(), Map.of());
    Creation creation =
        cloud.create(
            new Order(
                subject,
                CreationToken.of(uid, 1),
                new Offer("small", Optional.empty()),
                Wishes.machine("small", "ubuntu"),
                Optional.empty(),
                Optional.empty()));
    String id = ((Creation.Created) creation).id();
    return new Subject(uid, "lab", uid, Optional.of(id), Map.of());
  }

  private List<String> looked(Subject subject, boolean settled) {
    Response<List<ObservedMachine>> reply = sightings.look(subject, settled);
    return ((Response.Answered<List<ObservedMachine>>) reply)
        .value().stream().map(ObservedMachine::id).toList();
  }

  private List<String> looks() {
    return cloud.calls().stream().filter(call -> !call.startsWith("create")).toList();
  }

  @Test
  void oneListingServesAllForAWhile() {
    List<Subject> subjects = List.of(made("a"), made("b"), made("c"));
    subjects.forEach(
        subject -> assertThat(looked(subject, true)).containsExactly(subject.externalName().get()));
    assertThat(looks()).containsExactly("list");
    clock.advance(Duration.ofSeconds(14));
    assertThat(looked(subjects.getFirst(), true)).hasSize(1);
    assertThat(looks()).containsExactly("list");
    clock.advance(Duration.ofSeconds(1));
    assertThat(looked(subjects.getFirst(), true)).hasSize(1);
    assertThat(looks()).as("a quarter of the poll interval").containsExactly("list", "list");
  }

  @Test
  void aClockThatIsSetBackMakesNoListingServeLonger() {
    Subject subject = made("a");
    clock.advance(Duration.ofMinutes(10));
    assertThat(looked(subject, true)).hasSize(1);
    clock.advance(Duration.ofMinutes(-5));
    assertThat(looked(subject, true)).hasSize(1);
    assertThat(looks()).containsExactly("list");
    clock.advance(Duration.ofSeconds(15));
    assertThat(looked(subject, true)).hasSize(1);
    assertThat(looks()).as("a quarter of the poll interval").containsExactly("list", "list");
  }

  /** Ten thousand take ten requests or eleven, so there is no second listing in a poll. */
  @ParameterizedTest
  @CsvSource({
    "10000, 59, eleven requests are all there are for a poll",
    "2999, 16, three at a time leave room for three listings in a poll",
    "100, 14, what costs little is asked for often"
  })
  void aLargeListingServesLonger(int machines, int seconds, String why) {
    Subject one = made("a");
    for (int more = 1; more < machines; more++) {
      cloud.twin("m-1");
    }
    assertThat(looked(one, true)).hasSize(machines);
    clock.advance(Duration.ofSeconds(seconds));
    assertThat(looked(one, true)).hasSize(machines);
    assertThat(looks()).as(why).containsExactly("list");
    clock.advance(Duration.ofSeconds(1));
    assertThat(looked(one, true)).hasSize(machines);
    assertThat(looks()).as(why).containsExactly("list", "list");
  }

  @Test
  void whoAsksForAllTakesAListingOfTheLastPoll() {
    Subject subject = made("a");
    assertThat(looked(subject, true)).hasSize(1);
    clock.advance(Duration.ofSeconds(59));
    assertThat(sightings.listed()).isInstanceOf(Response.Answered.class);
    assertThat(sightings.trouble()).isEmpty();
    assertThat(looks()).containsExactly("list");
  }

  @Test
  void duplicatesAreInTheListingToo() {
    Subject first = made("a");
    Subject second = made("a");
    assertThat(looked(first, true))
        .containsExactlyInAnyOrder(first.externalName().get(), second.externalName().get());
  }

  @Test
  void whatMovesIsLookedAtByItself() {
    assertThat(looked(made("a"), false)).hasSize(1);
    assertThat(looks()).containsExactly("observe");
  }

  @Test
  void whatTheListingDoesNotHoldIsNotTakenForGone() {
    assertThat(looked(made("a"), true)).hasSize(1);
    assertThat(looked(made("b"), true)).hasSize(1);
    assertThat(looks()).containsExactly("list", "observe");
  }

  @Test
  void troubleIsToldAndAskedForOnlyWhereNoListingServes() {
    var failure = new Failure.CloudUnreachable(CloudWords.ours("no answer"));
    cloud.failOnce("list", failure);
    assertThat(sightings.trouble()).contains(failure);
    assertThat(sightings.trouble()).isEmpty();
    assertThat(sightings.trouble()).isEmpty();
    assertThat(looks()).containsExactly("list", "list");
  }

  @Test
  void aListingOlderThanTheLastLookShowsNothingAnyMore() {
    Subject first = made("a");
    Subject second = made("b");
    assertThat(looked(first, true)).hasSize(1);
    clock.advance(Duration.ofSeconds(8));
    assertThat(looked(second, false)).hasSize(1);
    clock.advance(Duration.ofSeconds(4));
    assertThat(looked(second, true)).hasSize(1);
    assertThat(looks()).containsExactly("list", "observe", "observe");
    clock.advance(Duration.ofSeconds(4));
    assertThat(looked(second, true)).hasSize(1);
    assertThat(looks()).containsExactly("list", "observe", "observe", "list");
  }

  /** Or thousands would wait one after the other, each for a listing that never comes. */
  @Test
  void aCloudThatGaveNoListingIsNotAskedForOneAtOnce() {
    List<Subject> subjects = List.of(made("a"), made("b"), made("c"));
    cloud.failOnce("list", new Failure.CloudUnreachable(CloudWords.ours("no answer")));
    subjects.forEach(subject -> assertThat(looked(subject, true)).hasSize(1));
    assertThat(looks()).containsExactly("list", "observe", "observe", "observe");
    clock.advance(Duration.ofSeconds(15));
    assertThat(looked(subjects.getFirst(), true)).hasSize(1);
    assertThat(looks()).endsWith("observe", "list");
  }

  @Test
  void whenItGivesNoneForAWhileTheSettledAreToldSo() {
    List<Subject> subjects = List.of(made("a"), made("b"));
    var failure = new Failure.CloudUnreachable(CloudWords.ours("no answer"));
    for (int twice = 0; twice < 2; twice++) {
      cloud.failOnce("list", failure);
      clock.advance(Duration.ofSeconds(15));
      Response<List<ObservedMachine>> _ = sightings.look(subjects.getFirst(), true);
    }
    int before = looks().size();
    subjects.forEach(
        subject -> assertThat(sightings.look(subject, true)).isEqualTo(Response.failed(failure)));
    assertThat(looks()).as("no request for each").hasSize(before);
    assertThat(looked(subjects.getFirst(), false)).as("what moves is looked at").hasSize(1);
    clock.advance(Duration.ofSeconds(15));
    assertThat(looked(subjects.getLast(), true)).as("it is well again").hasSize(1);
  }

  @Test
  void withoutAListingEachIsLookedAt() {
    Subject subject = made("a");
    cloud.failOnce("list", new Failure.CloudUnreachable(CloudWords.ours("no answer")));
    assertThat(looked(subject, true)).hasSize(1);
    assertThat(looks()).containsExactly("list", "observe");
  }
}
