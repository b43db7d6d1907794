package dev.isobar.provider.decide;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.apis.compute.InstanceStatus.RefusedOffer;
import dev.isobar.provider.external.CloudWords;
import dev.isobar.provider.external.Failure;
import dev.isobar.provider.external.Offer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class OffersTest {
  private static final Instant NOW = Instant.parse("2026-11-25T10:00:00Z");
  private static final Failure FULL = new Failure.InsufficientCapacity(CloudWords.ours("full"));
  private static final List<String> TYPES = List.of("a", "b");
  private static final List<String> ZONES = List.of("x", "y");

  private static Offer offer(String type, String zone) {
    return new Offer(type, Optional.of(zone));
  }

  @Test
  void theFirstTypeIsTriedInAllZonesBeforeTheSecond() {
    List<RefusedOffer> refused = List.of();
    List<Offer> tried = new ArrayList<>();
    for (int tries = 0; tries < 4; tries++) {
      Offers.Choice choice = Offers.choose(TYPES, ZONES, refused, NOW);
      Offer offer = ((Offers.Choice.Take) choice).offer();
      tried.add(offer);
      refused = Offers.refuse(refused, offer, FULL, "uid", NOW);
    }
    assertThat(tried)
        .containsExactly(offer("a", "x"), offer("a", "y"), offer("b", "x"), offer("b", "y"));
    assertThat(Offers.choose(TYPES, ZONES, refused, NOW)).isInstanceOf(Offers.Choice.Rest.class);
  }

  @Test
  void whatRestedLongEnoughComesFirstAgain() {
    List<RefusedOffer> refused = Offers.refuse(List.of(), offer("a", "x"), FULL, "uid", NOW);
    assertThat(Offers.choose(TYPES, ZONES, refused, NOW.plusSeconds(120)))
        .isEqualTo(new Offers.Choice.Take(offer("a", "x")));
  }

  @Test
  void aRestGrowsFromOneMinuteToTen() {
    List<RefusedOffer> refused = List.of();
    List<Long> minutes = new ArrayList<>();
    for (int tries = 0; tries < 6; tries++) {
      refused = Offers.refuse(refused, offer("a", "x"), FULL, "uid", NOW);
      Duration rest = Duration.between(NOW, Instant.parse(refused.getFirst().retryAt()));
      minutes.add(Math.round(rest.toSeconds() / 60.0));
    }
    assertThat(minutes).first().isEqualTo(1L);
    assertThat(minutes).isSorted();
    assertThat(minutes.getLast()).isBetween(9L, 11L);
    assertThat(refused).singleElement().extracting(RefusedOffer::times).isEqualTo(6);
  }

  @Test
  void theEarliestRestEnds() {
    List<RefusedOffer> refused =
        Offers.refuse(List.of(), offer("a", "x"), FULL, "uid", NOW.plusSeconds(30));
    refused = Offers.refuse(refused, offer("a", "y"), FULL, "uid", NOW);
    Offers.Choice choice = Offers.choose(List.of("a"), ZONES, refused, NOW.plusSeconds(30));
    assertThat(choice)
        .isEqualTo(
            new Offers.Choice.Rest(Instant.parse(refused.getLast().retryAt()), refused.getLast()));
  }

  @Test
  void withoutZonesTheCloudChooses() {
    assertThat(Offers.choose(List.of("a"), List.of(), List.of(), NOW))
        .isEqualTo(new Offers.Choice.Take(new Offer("a", Optional.empty())));
  }

  @ParameterizedTest
  @CsvSource({
    "660, false, nothing rests longer than eleven minutes",
    "661, true, a clock that was ahead dated it",
    "86400, true, by a day",
  })
  void aTimeThatNoClockOfOursCanHaveMeantIsPast(long seconds, boolean over, String why) {
    String until = NOW.plusSeconds(seconds).toString();
    var ahead = new RefusedOffer("a", Optional.empty(), "QuotaExceeded", "full", 9, until);
    assertThat(Offers.choose(List.of("a"), List.of(), List.of(ahead), NOW))
        .as(why)
        .isEqualTo(
            over
                ? new Offers.Choice.Take(new Offer("a", Optional.empty()))
                : new Offers.Choice.Rest(Instant.parse(until), ahead));
  }

  @Test
  void aTimeThatIsNoneIsPast() {
    var scribbled = new RefusedOffer("a", Optional.empty(), "QuotaExceeded", "full", 3, "tomorrow");
    assertThat(Offers.choose(List.of("a"), List.of(), List.of(scribbled), NOW))
        .isEqualTo(new Offers.Choice.Take(new Offer("a", Optional.empty())));
  }
}
