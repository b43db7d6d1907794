package dev.isobar.provider.ec2;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.provider.external.Effect;
import dev.isobar.provider.external.Response;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
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

/** Whether an address that nobody saw may still come. */
final class PublicAddressesTest {
  private final QueryServer server = new QueryServer();
  private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
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
  private final PublicAddresses addresses =
      new PublicAddresses(
          new Ec2Calls(
              client, client, new Ec2Failures(List.of(), _ -> ""), timer, InstantSource.system()));

  @BeforeEach
  void serve() {
    server.on("DescribeAddresses", _ -> "<addressesSet/>");
    server.on("AllocateAddress", _ -> "<allocationId>eipalloc-1</allocationId>");
    server.on("AssociateAddress", _ -> "<return>true</return>");
  }

  @AfterEach
  void end() {
    client.close();
    timer.shutdownNow();
    server.close();
  }

  private Effect give() {
    return addresses.give(Wish.SUBJECT, "main", "eni-1", Optional.empty());
  }

  @Test
  void anAddressIsAllocatedAndAssociated() {
    assertThat(give()).isEqualTo(new Effect.Accepted());
    assertThat(server.asked("AssociateAddress"))
        .singleElement()
        .satisfies(request ->
            assertThat(request)
                .containsEntry("AllocationId", "eipalloc-1")
                .containsEntry("NetworkInterfaceId", "eni-1"));
  }

  @Test
  void oneWhoseReplyIsLostMayStillCome() {
    server.replyOnce("AllocateAddress", new QueryServer.Answer.Silence());
    assertThat(give())
        .isInstanceOfSatisfying(Effect.Failed.class, failed -> assertThat(failed.late()).isTrue());
    assertThat(server.asked("AllocateAddress")).as("two would be one too many").hasSize(1);
  }

  @Test
  void oneThatIsRefusedNeverComes() {
    server.replyOnce(
        "AllocateAddress", QueryServer.refusal(400, "AddressLimitExceeded", "no more"));
    assertThat(give())
        .isInstanceOfSatisfying(Effect.Failed.class, failed -> assertThat(failed.late()).isFalse());
  }

  @Test
  void whatIsThereIsSeenThoughItsAssociationIsLost() {
    server.replyOnce("AssociateAddress", new QueryServer.Answer.Silence());
    assertThat(give())
        .isInstanceOfSatisfying(Effect.Failed.class, failed -> assertThat(failed.late()).isFalse());
  }

  private static String address(String id, String uid, String more) {
    return """
    <item><allocationId>%s</allocationId>%s<tagSet>
    <item><key>isobar-uid</key><value>%s</value></item>
    <item><key>isobar-interface</key><value>main</value></item></tagSet></item>
    """
        .formatted(id, more, uid);
  }

  private void serve(String... items) {
    String all = "<addressesSet>" + String.join("", items) + "</addressesSet>";
    server.on("DescribeAddresses", _ -> all);
  }

  /** An EC2 of another make may not know the filter. */
  @Test
  void whatOthersHaveStaysThoughTheFilterIsIgnored() {
    server.on("ReleaseAddress", _ -> "<return>true</return>");
    String theirs = "<item><allocationId>eipalloc-theirs</allocationId></item>";
    serve(theirs, address("eipalloc-other", "uid-2", ""), address("eipalloc-ours", "uid-1", ""));
    assertThat(give()).isEqualTo(new Effect.Accepted());
    assertThat(addresses.tidy(Wish.SUBJECT)).isEqualTo(new Effect.Accepted());
    assertThat(addresses.release(Wish.SUBJECT)).isEqualTo(Response.of(List.of()));
    assertThat(server.asked("AssociateAddress"))
        .extracting(request -> request.get("AllocationId"))
        .containsExactly("eipalloc-ours");
    assertThat(server.asked("ReleaseAddress"))
        .extracting(request -> request.get("AllocationId"))
        .containsExactly("eipalloc-ours", "eipalloc-ours");
  }

  @Test
  void whatLeadsNowhereIsGivenBack() {
    serve(
        address("eipalloc-used", "uid-1", "<associationId>eipassoc-1</associationId>"),
        address("eipalloc-late", "uid-1", ""));
    server.on("ReleaseAddress", _ -> "<return>true</return>");
    assertThat(addresses.tidy(Wish.SUBJECT)).isEqualTo(new Effect.Accepted());
    assertThat(server.asked("ReleaseAddress"))
        .singleElement()
        .satisfies(request -> assertThat(request).containsEntry("AllocationId", "eipalloc-late"));
    assertThat(server.asked("DisassociateAddress")).isEmpty();
    server.replyOnce("ReleaseAddress", QueryServer.refusal(403, "UnauthorizedOperation", "no"));
    assertThat(addresses.tidy(Wish.SUBJECT)).isInstanceOf(Effect.Failed.class);
  }
}
