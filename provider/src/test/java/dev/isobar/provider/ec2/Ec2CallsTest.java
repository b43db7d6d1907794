package dev.isobar.provider.ec2;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.provider.external.CloudWords;
import dev.isobar.provider.external.Creation;
import dev.isobar.provider.external.Failure;
import dev.isobar.provider.external.HandClock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.RunInstancesRequest;
import software.amazon.awssdk.services.ec2.model.RunInstancesResponse;

/** An EC2 that takes its time holds nobody else up, and what it was not asked never happens. */
final class Ec2CallsTest {
  private static final int AT_ONCE = 32;

  private final QueryServer server = new QueryServer();
  private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
  private final ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor();
  private final CountDownLatch answer = new CountDownLatch(1);
  private final AtomicInteger underWay = new AtomicInteger();
  private final AtomicInteger most = new AtomicInteger();

  @AfterEach
  void end() {
    answer.countDown();
    callers.close();
    timer.shutdownNow();
    server.close();
  }

  private Ec2Calls calls(int connections) {
    return calls(connections, InstantSource.system());
  }

  private Ec2Calls calls(int connections, InstantSource clock) {
    Ec2Client client =
        Ec2Client.builder()
            .overrideConfiguration(how -> how.retryStrategy(AwsRetryStrategy.doNotRetry()))
            .httpClient(
                Apache5HttpClient.builder()
                    .maxConnections(connections)
                    .connectionAcquisitionTimeout(Duration.ofMillis(200))
                    .build())
            .endpointOverride(server.address())
            .region(Region.US_EAST_1)
            .credentialsProvider(AnonymousCredentialsProvider.create())
            .build();
    return new Ec2Calls(client, client, new Ec2Failures(List.of(), _ -> ""), timer, clock);
  }

  /** Whoever thinks the launch over asks for another machine while it is still under way. */
  @ParameterizedTest
  @CsvSource({
    "37, 1, there is time for it",
    "38, 0, it might end after a minute",
  })
  void aLaunchIsAskedForOnlyWhereItEndsWithinAMinute(long seconds, int launches, String why) {
    var clock = new HandClock(Instant.parse("2026-11-25T10:00:00Z"));
    server.on("DescribeInstanceTypes", _ -> "<instanceTypeSet/>");
    server.on(
        "DescribeImages",
        _ -> {
          clock.advance(Duration.ofSeconds(seconds));
          return "<imagesSet><item><imageId>ami-1</imageId></item></imagesSet>";
        });
    server.on(
        "RunInstances",
        _ -> "<instancesSet><item><instanceId>i-1</instanceId></item></instancesSet>");
    Ec2Calls calls = calls(1, clock);
    var types = new TypeCatalogue(calls, clock);
    Creation outcome =
        new Launching(
                calls,
                new Ec2Names(calls, clock),
                types,
                new InstanceLooks(calls, types, clock),
                new KeyPairs(calls))
            .create(Wish.machine().order());
    assertThat(server.asked("RunInstances")).as(why).hasSize(launches);
    assertThat(outcome)
        .isEqualTo(
            launches == 1
                ? new Creation.Created("i-1")
                : new Creation.Refused(
                    new Failure.CloudUnreachable(
                        CloudWords.ours(
                            "EC2 took too long to answer what is asked before; this was not asked"
                                + " for"))));
  }

  private String slow(CountDownLatch arrived) {
    most.accumulateAndGet(underWay.incrementAndGet(), Math::max);
    arrived.countDown();
    try {
      answer.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    underWay.decrementAndGet();
    return "<regionInfo/>";
  }

  @Test
  void whatGotNoConnectionWasNeverSent() throws InterruptedException, ExecutionException {
    var arrived = new CountDownLatch(1);
    server.on("DescribeRegions", _ -> slow(arrived));
    server.on("RunInstances", _ -> "<instancesSet/>");
    Ec2Calls calls = calls(1);
    Future<?> first = callers.submit(() -> calls.ask(ec2 -> ec2.describeRegions()));
    assertThat(arrived.await(20, TimeUnit.SECONDS)).isTrue();
    assertThat(calls.run(RunInstancesRequest.builder().minCount(1).maxCount(1).build()))
        .as("no machine comes of it")
        .isEqualTo(
            new CallEnd.Refused<RunInstancesResponse>(
                "",
                new Failure.CloudUnreachable(
                    CloudWords.ours(
                        "all connections to AWS are in use by requests that have no answer yet"))));
    assertThat(server.asked("RunInstances")).isEmpty();
    answer.countDown();
    assertThat(first.get()).isInstanceOf(CallEnd.Replied.class);
  }

  @Test
  void anAccountThatHangsLeavesConnectionsToTheOthers()
      throws InterruptedException, ExecutionException {
    var arrived = new CountDownLatch(AT_ONCE);
    server.on("DescribeRegions", _ -> slow(arrived));
    Ec2Calls calls = calls(100);
    List<Future<?>> all = new ArrayList<>();
    for (int one = 0; one < AT_ONCE + 8; one++) {
      all.add(callers.submit(() -> calls.ask(ec2 -> ec2.describeRegions())));
    }
    assertThat(arrived.await(20, TimeUnit.SECONDS)).isTrue();
    assertThat(answer.await(300, TimeUnit.MILLISECONDS)).as("the others have time").isFalse();
    assertThat(most).hasValue(AT_ONCE);
    answer.countDown();
    for (Future<?> one : all) {
      assertThat(one.get()).as("who waited has its turn").isInstanceOf(CallEnd.Replied.class);
    }
  }
}
