package dev.isobar.provider.ec2;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.provider.external.Effect;
import dev.isobar.provider.external.HandClock;
import dev.isobar.provider.external.Response;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.ec2.Ec2Client;

/** How often EC2 is asked whether instances are protected. */
final class ProtectionTest {
  private static final InstanceTraits MARKED =
      InstanceTraits.of(
          Instances.running(
              instance -> instance.tags(InstanceTags.of(Map.of(InstanceTags.PROTECTED, "true")))));

  private final QueryServer server = new QueryServer();
  private final HandClock clock = new HandClock(Instances.BORN);
  private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
  private final Set<String> unprotected = new TreeSet<>();
  private final Ec2Client client =
      Ec2Client.builder()
          .overrideConfiguration(
              ClientOverrideConfiguration.builder()
                  .retryStrategy(AwsRetryStrategy.doNotRetry())
                  .build())
          .endpointOverride(server.address())
          .region(Region.US_EAST_1)
          .credentialsProvider(AnonymousCredentialsProvider.create())
          .build();
  private final Protection protection =
      new Protection(
          new Ec2Calls(client, client, new Ec2Failures(List.of(), _ -> ""), timer, clock), clock);

  @BeforeEach
  void serve() {
    server.on(
        "DescribeInstanceAttribute",
        request ->
            "<disableApiTermination><value>%s</value></disableApiTermination>"
                .formatted(!unprotected.contains(request.get("InstanceId"))));
    server.on("CreateTags", _ -> "<return>true</return>");
    server.on("ModifyInstanceAttribute", _ -> "<return>true</return>");
  }

  @AfterEach
  void end() {
    client.close();
    timer.shutdownNow();
    server.close();
  }

  private List<String> asked() {
    return server.asked("DescribeInstanceAttribute").stream()
        .map(request -> request.get("InstanceId"))
        .toList();
  }

  private Response<Boolean> of(String id) {
    return protection.of(id, true, MARKED);
  }

  /** One poll of so many machines; answers how many were asked for. */
  private int poll(int machines) {
    int before = asked().size();
    for (int number = 1; number <= machines; number++) {
      assertThat(of("i-" + number)).isEqualTo(Response.of(!unprotected.contains("i-" + number)));
    }
    clock.advance(Duration.ofMinutes(1));
    return asked().size() - before;
  }

  @Test
  void aFewAreAskedForEveryTenMinutes() {
    assertThat(poll(20)).isEqualTo(20);
    for (int minute = 1; minute < 10; minute++) {
      assertThat(poll(20)).as("minute %s", minute).isZero();
    }
    assertThat(poll(20)).isEqualTo(20);
  }

  /** Ten thousand would take all requests there are for minutes, all at the same time. */
  @Test
  void manyAreAskedForByTurns() {
    int machines = 350;
    assertThat(poll(machines)).isEqualTo(50);
    for (int minute = 1; minute <= 10; minute++) {
      assertThat(poll(machines)).as("minute %s", minute).isEqualTo(30);
    }
    assertThat(new HashSet<>(asked())).as("each once before one twice").hasSize(machines);
  }

  @Test
  void whatSomebodyElseLiftedIsSeen() {
    assertThat(of("i-1")).isEqualTo(Response.of(true));
    unprotected.add("i-1");
    assertThat(of("i-1")).as("not yet").isEqualTo(Response.of(true));
    clock.advance(Duration.ofMinutes(10));
    assertThat(of("i-1")).isEqualTo(Response.of(false));
    int _ = poll(100);
    assertThat(of("i-1")).as("until it is mended").isEqualTo(Response.of(false));
  }

  @Test
  void aTagAloneIsNotBelievedOfWhatWasJustChanged() {
    int _ = poll(100);
    unprotected.add("i-new");
    server.replyOnce(
        "ModifyInstanceAttribute", QueryServer.refusal(503, "Unavailable", "try again"));
    assertThat(protection.set("i-new", true)).isInstanceOf(Effect.Failed.class);
    assertThat(of("i-new")).as("though others wait for their turn").isEqualTo(Response.of(false));
  }
}
