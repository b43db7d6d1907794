package dev.isobar.provider.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.apis.compute.Architecture;
import dev.isobar.apis.compute.CloudSpec;
import dev.isobar.apis.compute.CloudStatus;
import dev.isobar.apis.compute.CloudStatus.Counts;
import dev.isobar.apis.compute.CloudStatus.Quota;
import dev.isobar.apis.compute.Image;
import dev.isobar.apis.compute.MachineType;
import dev.isobar.apis.compute.StatusCondition;
import dev.isobar.provider.external.CloudWords;
import dev.isobar.provider.external.Failure;
import dev.isobar.provider.external.ListedImage;
import dev.isobar.provider.external.Response;
import dev.isobar.provider.external.Supply.Facility;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a Cloud shows after a look at it, and whether that is stored. */
final class CloudReportTest {
  private static final Instant NOW = Instant.parse("2026-11-25T10:00:00Z");
  private static final Failure DENIED =
      new Failure.AuthenticationFailed(CloudWords.ours("Policy doesn't allow it"));
  private static final Failure SILENT =
      new Failure.CloudUnreachable(CloudWords.ours("no answer within 25 s"));

  private static final CloudStatus FOUND =
      CloudReport.of(Findings.SPEC, CloudStatus.NONE, 1, all(), NOW);

  private static Survey all() {
    return survey(8, "m1", "g1");
  }

  private static Survey survey(long used, String... types) {
    Map<Facility, Response<List<Quota>>> quota = new EnumMap<>(Facility.class);
    quota.put(Facility.MACHINES, Response.of(List.of(new Quota("cores", 64, used))));
    quota.put(Facility.VOLUMES, Response.of(List.of(new Quota("volumes", 10, 1))));
    quota.put(Facility.NETWORKS, Response.of(List.of(new Quota("floatingIPs", 50, 2))));
    return new Survey(
        Response.of(
            List.of(types).stream()
                .map(name -> Findings.type(name, 8, name.startsWith("g") ? "A100-80GB x 2" : ""))
                .toList()),
        Response.of(
            List.of(
                new ListedImage(
                    "id-1", "u-kube-v1.35.2", Optional.empty(), "2026-11-01T00:00:00Z", Map.of()))),
        Response.of(List.of("az2", "az1")),
        quota);
  }

  /** The same, but a part is not answered. */
  private static Survey without(Survey all, String part, Failure failure) {
    Map<Facility, Response<List<Quota>>> quota = new EnumMap<>(all.quota());
    for (Facility facility : Facility.values()) {
      if (part.equals(facility.name())) {
        quota.put(facility, Response.failed(failure));
      }
    }
    return new Survey(
        part.equals("types") ? Response.failed(failure) : all.machineTypes(),
        part.equals("images") ? Response.failed(failure) : all.images(),
        part.equals("zones") ? Response.failed(failure) : all.zones(),
        quota);
  }

  private static StatusCondition ready(String status, String reason, String message) {
    return new StatusCondition(
        "Ready",
        status,
        reason,
        Optional.of(message).filter(text -> !text.isEmpty()),
        NOW.toString(),
        Optional.of(1L));
  }

  private static CloudStatus with(CloudStatus status, StatusCondition condition) {
    return new CloudStatus(
        List.of(condition),
        status.machineTypes(),
        status.images(),
        status.zones(),
        status.quota(),
        status.discoveredAt(),
        status.counts());
  }

  @Test
  void everythingThatWasFoundIsShown() {
    assertThat(FOUND)
        .isEqualTo(
            new CloudStatus(
                List.of(ready("True", "Available", "")),
                List.of(Findings.type("g1", 8, "A100-80GB x 2"), Findings.type("m1", 8, "")),
                List.of(
                    new Image(
                        "1.35.2",
                        Optional.empty(),
                        Optional.of("id-1"),
                        Optional.of("u-kube-v1.35.2"),
                        Architecture.amd64,
                        Image.Purpose.any)),
                List.of("az1", "az2"),
                List.of(
                    new Quota("cores", 64, 8),
                    new Quota("floatingIPs", 50, 2),
                    new Quota("volumes", 10, 1)),
                Optional.of("2026-11-25T10:00:00Z"),
                Optional.of(new Counts(2, 1, 1))));
  }

  @ParameterizedTest(name = "{0} is not answered")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          types    | False | AuthenticationFailed | machine types
          images   | False | AuthenticationFailed | images
          zones    | True  | Incomplete           | zones
          MACHINES | True  | Incomplete           | quota of machines
          VOLUMES  | True  | Incomplete           | quota of volumes
          NETWORKS | True  | Incomplete           | quota of networks
          """)
  void whatIsNotAnsweredStaysAndIsTold(String part, String status, String reason, String named) {
    CloudStatus after = CloudReport.of(Findings.SPEC, FOUND, 1, without(all(), part, DENIED), NOW);
    assertThat(after)
        .isEqualTo(with(FOUND, ready(status, reason, named + ": Policy doesn't allow it")));
  }

  @Test
  void aCloudThatDoesNotAnswerKeepsEverything() {
    CloudStatus after =
        CloudReport.of(
            Findings.SPEC, FOUND, 1, Survey.failed(SILENT), NOW.plus(Duration.ofDays(3)));
    assertThat(after)
        .isEqualTo(
            with(
                FOUND,
                new StatusCondition(
                    "Ready",
                    "False",
                    "CloudUnreachable",
                    Optional.of("no answer within 25 s"),
                    "2026-11-28T10:00:00Z",
                    Optional.of(1L))));
  }

  @Test
  void differentTroublesAreToldOneByOne() {
    Survey survey =
        without(without(without(all(), "zones", DENIED), "types", SILENT), "VOLUMES", DENIED);
    CloudStatus after = CloudReport.of(Findings.SPEC, FOUND, 1, survey, NOW);
    assertThat(after.conditions())
        .containsExactly(
            ready(
                "False",
                "CloudUnreachable",
                "machine types: no answer within 25 s; zones, quota of volumes: Policy doesn't"
                    + " allow it"));
  }

  @Test
  void whatAnswersIsTakenWhileSomethingElseDoesNot() {
    CloudStatus after =
        CloudReport.of(
            Findings.SPEC, FOUND, 1, without(survey(8, "m1", "m2"), "images", SILENT), NOW);
    assertThat(after.machineTypes().stream().map(MachineType::name)).containsExactly("m1", "m2");
    assertThat(after.images()).isEqualTo(FOUND.images());
  }

  @Test
  void withoutAProviderConfigNobodyAsks() {
    CloudStatus after = CloudReport.unasked(Findings.SPEC, FOUND, 1, NOW);
    assertThat(after)
        .isEqualTo(
            with(
                FOUND,
                ready(
                    "Unknown",
                    "NoProviderConfig",
                    "spec.providerConfigRef names no ProviderConfig, so nobody asks the cloud and"
                        + " nothing is discovered")));
  }

  @Test
  void countsAreOfAllTheCloudOffers() {
    CloudSpec spec =
        Findings.spec(
            Map.of(
                "machineTypes",
                List.of(
                    Map.of("name", "m1", "gpu", Map.of("model", "L4-24GB", "count", 1)),
                    Map.of("name", "own")),
                "images",
                List.of(
                    Map.of("kubernetes", "1.35.2", "id", "id-1"),
                    Map.of("kubernetes", "1.34.6", "name", "other"))));
    assertThat(CloudReport.of(spec, FOUND, 1, all(), NOW).counts()).contains(new Counts(3, 2, 2));
  }

  @ParameterizedTest(name = "{2}")
  @CsvSource({
    "0, false, the same at once",
    "1439, false, the same within a day",
    "1440, true, the same after a day: a sign of life",
    "-1, true, a clock that was ahead dated the last one"
  })
  void aLookThatFindsTheSameIsNotStored(long minutes, boolean stored, String why) {
    Instant later = NOW.plus(Duration.ofMinutes(minutes));
    CloudStatus after = CloudReport.of(Findings.SPEC, FOUND, 1, all(), later);
    assertThat(Quiet.breaks(FOUND, after, later)).as(why).isEqualTo(stored);
  }

  @ParameterizedTest(name = "{2}")
  @CsvSource({
    "59, false, how much is used is not stored at once",
    "60, true, but every hour",
  })
  void useIsStoredNowAndThen(long minutes, boolean stored, String why) {
    Instant later = NOW.plus(Duration.ofMinutes(minutes));
    CloudStatus after = CloudReport.of(Findings.SPEC, FOUND, 1, survey(9, "m1", "g1"), later);
    assertThat(Quiet.breaks(FOUND, after, later)).as(why).isEqualTo(stored);
  }

  @Test
  void everythingElseIsStoredAtOnce() {
    for (Survey survey :
        List.of(survey(8, "m1"), without(all(), "zones", DENIED), Survey.failed(SILENT))) {
      CloudStatus after = CloudReport.of(Findings.SPEC, FOUND, 1, survey, NOW);
      assertThat(Quiet.breaks(FOUND, after, NOW)).isTrue();
    }
    assertThat(Quiet.breaks(FOUND, CloudReport.of(Findings.SPEC, FOUND, 2, all(), NOW), NOW))
        .as("another generation")
        .isTrue();
  }

  @Test
  void aCloudThatStaysSilentIsStoredOnce() {
    Instant later = NOW.plus(Duration.ofDays(2));
    CloudStatus silent = CloudReport.of(Findings.SPEC, FOUND, 1, Survey.failed(SILENT), NOW);
    CloudStatus still = CloudReport.of(Findings.SPEC, silent, 1, Survey.failed(SILENT), later);
    assertThat(Quiet.breaks(silent, still, later)).isFalse();
  }
}
