package dev.isobar.provider.ec2;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.provider.external.CloudWords;
import dev.isobar.provider.external.Failure;
import dev.isobar.provider.external.HandClock;
import dev.isobar.provider.external.ObservedMachine;
import dev.isobar.provider.external.Response;
import dev.isobar.provider.external.Subject;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.ec2.Ec2Client;

final class InstanceLooksTest {
  private final QueryServer ec2 = new QueryServer();
  private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
  private final HandClock clock = new HandClock(Instant.parse("2026-11-25T10:00:00Z"));
  private final InstanceLooks looks = looks();

  private InstanceLooks looks() {
    Ec2Client client =
        Ec2Client.builder()
            .endpointOverride(ec2.address())
            .region(Region.US_EAST_1)
            .credentialsProvider(
                StaticCredentialsProvider.create(AwsBasicCredentials.create("AKID", "s")))
            .build();
    var calls =
        new Ec2Calls(
            client, client, new Ec2Failures(List.of(), _ -> ""), timer, InstantSource.system());
    return new InstanceLooks(calls, new TypeCatalogue(calls, clock), clock);
  }

  @AfterEach
  void end() {
    ec2.close();
    timer.shutdownNow();
  }

  private static String instance(int number) {
    return "<item><instanceId>i-%d</instanceId><instanceType>t3.micro</instanceType>"
            .formatted(number)
        + "<instanceState><code>16</code><name>running</name></instanceState><tagSet><item>"
        + "<key>isobar-uid</key><value>uid-%d</value></item></tagSet></item>".formatted(number);
  }

  private static String page(IntStream numbers, String next) {
    return "<reservationSet><item><instancesSet>"
        + numbers.mapToObj(InstanceLooksTest::instance).collect(Collectors.joining())
        + "</instancesSet></item></reservationSet>"
        + (next.isEmpty() ? "" : "<nextToken>" + next + "</nextToken>");
  }

  private static Subject subject(int number, Optional<String> id) {
    return new Subject("uid-" + number, "lab", "n", id, Map.of());
  }

  private static List<String> ids(Response<List<ObservedMachine>> answer) {
    return ((Response.Answered<List<ObservedMachine>>) answer)
        .value().stream().map(ObservedMachine::id).toList();
  }

  @Test
  void aListingGoesThroughAllPagesAndDescribesEachTypeOnce() {
    ec2.on("DescribeInstanceTypes", _ -> "<instanceTypeSet/>");
    ec2.on(
        "DescribeInstances",
        request ->
            request.containsKey("NextToken")
                ? page(IntStream.range(1000, 1500), "")
                : page(IntStream.range(0, 1000), "more"));
    assertThat(ids(looks.list())).hasSize(1500).doesNotHaveDuplicates();
    assertThat(ec2.asked("DescribeInstances")).hasSize(2);
    assertThat(ec2.asked("DescribeInstances").getFirst())
        .containsEntry("MaxResults", "1000")
        .containsEntry("Filter.1.Name", "tag-key")
        .containsEntry("Filter.1.Value.1", "isobar-uid");
    assertThat(ec2.asked("DescribeInstanceTypes")).hasSize(1);
  }

  @Test
  void aPageThatIsMissingMakesNoShorterList() {
    ec2.on("DescribeInstanceTypes", _ -> "<instanceTypeSet/>");
    ec2.on("DescribeInstances", _ -> page(IntStream.range(0, 10), "more"));
    ec2.replyOnce(
        "DescribeInstances",
        new QueryServer.Answer.Xml(
            200, QueryServer.reply("DescribeInstances", page(IntStream.range(0, 10), "more"))));
    ec2.replyOnce("DescribeInstances", QueryServer.refusal(403, "UnauthorizedOperation", "no"));
    assertThat(looks.list()).isInstanceOf(Response.Failed.class);
  }

  @Test
  void oneRequestDoesWhenTheNamedMachineCarriesTheMark() {
    ec2.on("DescribeInstanceTypes", _ -> "<instanceTypeSet/>");
    ec2.on("DescribeInstances", _ -> page(IntStream.of(7), ""));
    assertThat(ids(looks.observe(subject(7, Optional.of("i-7"))))).containsExactly("i-7");
    assertThat(ec2.asked("DescribeInstances")).hasSize(1);
  }

  private static String spot(String page) {
    return page.replace(
        "<instanceType>", "<instanceLifecycle>spot</instanceLifecycle><instanceType>");
  }

  private void notice(String id) {
    ec2.on(
        "DescribeSpotInstanceRequests",
        _ ->
            "<spotInstanceRequestSet><item><spotInstanceRequestId>sir-1</spotInstanceRequestId>"
                + "<instanceId>"
                + id
                + "</instanceId><status><code>marked-for-termination</code>"
                + "<message>It is marked.</message></status></item></spotInstanceRequestSet>");
  }

  private List<Optional<Failure>> faults() {
    return ((Response.Answered<List<ObservedMachine>>) looks.list())
        .value().stream().map(ObservedMachine::fault).toList();
  }

  @Test
  void ofMachinesThatEc2IsAboutToTakeBackItsNoticeIsTold() {
    Optional<Failure> marked =
        Optional.of(
            new Failure.Interrupted(
                CloudWords.ours("Spot request sir-1 is marked-for-termination")));
    ec2.on("DescribeInstanceTypes", _ -> "<instanceTypeSet/>");
    ec2.on("DescribeInstances", _ -> page(IntStream.of(7), ""));
    notice("i-7");
    assertThat(faults()).as("one that is paid by use").containsExactly(Optional.empty());
    assertThat(ec2.asked("DescribeSpotInstanceRequests")).as("nobody has Spot").isEmpty();

    ec2.on("DescribeInstances", _ -> spot(page(IntStream.of(7, 8), "")));
    assertThat(faults()).containsExactly(marked, Optional.empty());
    assertThat(faults()).as("for some seconds").containsExactly(marked, Optional.empty());
    assertThat(ec2.asked("DescribeSpotInstanceRequests")).hasSize(1);
    assertThat(ec2.asked("DescribeSpotInstanceRequests").getFirst())
        .containsEntry("Filter.1.Name", "status-code")
        .containsEntry("Filter.1.Value.1", "marked-for-termination");

    clock.advance(Duration.ofSeconds(5));
    ec2.replyOnce(
        "DescribeSpotInstanceRequests", QueryServer.refusal(403, "UnauthorizedOperation", "no"));
    assertThat(faults()).as("no notice is taken back").containsExactly(marked, Optional.empty());
    clock.advance(Duration.ofSeconds(5));
    notice("i-8");
    assertThat(faults()).containsExactly(Optional.empty(), marked);
  }

  @Test
  void whoMayNotAskForNoticesSeesTheMachinesAllTheSame() {
    ec2.on("DescribeInstanceTypes", _ -> "<instanceTypeSet/>");
    ec2.on("DescribeInstances", _ -> spot(page(IntStream.of(7), "")));
    notice("i-7");
    ec2.replyOnce(
        "DescribeSpotInstanceRequests", QueryServer.refusal(403, "UnauthorizedOperation", "no"));
    assertThat(faults()).containsExactly(Optional.empty());
  }

  /** A Spot instance that is interrupted between two looks; EC2 shows its end for an hour. */
  @Test
  void anEndThatIsShownIsRememberedAndWhatIsOnlyHiddenHasNone() {
    ec2.on("DescribeInstanceTypes", _ -> "<instanceTypeSet/>");
    ec2.on(
        "DescribeInstances",
        request ->
            request.containsValue("uid-7")
                ? page(IntStream.of(7), "").replace("running", "terminated")
                : page(IntStream.empty(), ""));
    assertThat(ids(looks.observe(subject(7, Optional.of("i-7"))))).isEmpty();
    assertThat(ids(looks.observe(subject(8, Optional.of("i-8"))))).isEmpty();
    assertThat(looks.sawTheEndOf("i-7")).isTrue();
    assertThat(looks.sawTheEndOf("i-8")).as("it may be hidden for a moment").isFalse();
  }

  @Test
  void aNamedMachineWithoutTheMarkIsLookedForByItsId() {
    ec2.on("DescribeInstanceTypes", _ -> "<instanceTypeSet/>");
    ec2.on(
        "DescribeInstances",
        request ->
            request.containsValue("instance-id")
                ? page(IntStream.of(8), "")
                : page(IntStream.of(7), ""));
    assertThat(ids(looks.observe(subject(7, Optional.of("i-8"))))).containsExactly("i-8", "i-7");
  }
}
