package dev.isobar.provider.ec2;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.apis.compute.CloudEndpoints;
import dev.isobar.apis.compute.CloudEndpoints.Reach;
import dev.isobar.apis.compute.MetadataService;
import dev.isobar.apis.compute.NetworkInterface.Acceleration;
import dev.isobar.provider.external.Account;
import dev.isobar.provider.external.CloudWords;
import dev.isobar.provider.external.Creation;
import dev.isobar.provider.external.Effect;
import dev.isobar.provider.external.Failure;
import dev.isobar.provider.external.Machines;
import dev.isobar.provider.external.ObservedMachine;
import dev.isobar.provider.external.Order;
import dev.isobar.provider.external.Response;
import dev.isobar.provider.external.SecretBytes;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What comes of a launch, over HTTP and through the whole SDK. */
final class LaunchingTest {
  private static final String IMAGES =
      "<imagesSet><item><imageId>ami-1</imageId><rootDeviceName>/dev/xvda</rootDeviceName>"
          + "<architecture>x86_64</architecture></item></imagesSet>";

  private final QueryServer ec2 = new QueryServer();
  private final Map<String, String> byToken = new TreeMap<>();
  private final Machines machines = open();

  @BeforeEach
  void serve() {
    ec2.on("DescribeInstanceTypes", _ -> "<instanceTypeSet/>");
    ec2.on("DescribeImages", _ -> IMAGES);
    ec2.on("RunInstances", request -> launched(request.getOrDefault("ClientToken", "")));
    ec2.on("DescribeInstances", _ -> "<reservationSet/>");
    ec2.on("TerminateInstances", _ -> "<instancesSet/>");
    ec2.on("ModifyInstanceAttribute", _ -> "<return>true</return>");
  }

  @AfterEach
  void end() {
    ec2.close();
  }

  /** As EC2 does: one token, one machine. */
  private String launched(String token) {
    String id = byToken.computeIfAbsent(token, _ -> "i-" + (byToken.size() + 1));
    return "<instancesSet>" + instance(id, "pending") + "</instancesSet>";
  }

  private static String instance(String id, String state) {
    return "<item><instanceId>%s</instanceId><instanceType>t3.micro</instanceType>".formatted(id)
        + "<instanceState><code>0</code><name>%s</name></instanceState></item>".formatted(state);
  }

  private Machines open() {
    var account =
        new Account(
            "us-east-1",
            new CloudEndpoints(
                Map.of("ec2", ec2.address().toString(), "sts", ec2.address().toString()),
                Reach.Public),
            Optional.of(
                new SecretBytes(
                    "[default]\naws_access_key_id=AKID\naws_secret_access_key=hush-hush"
                        .getBytes(StandardCharsets.UTF_8))),
            "default",
            Optional.empty());
    return ((Response.Answered<Machines>) new Ec2Access().open(account)).value();
  }

  private Creation create() {
    return machines.create(Wish.machine().order());
  }

  @Test
  void whatOnlyOpenStackHasIsRefusedBeforeAnythingIsLookedUp() {
    Wish wish = Wish.machine();
    wish.metadata = new MetadataService(true, true, 2);
    assertThat(machines.create(wish.order()))
        .isInstanceOfSatisfying(
            Creation.Refused.class,
            refused ->
                assertThat(refused.failure()).isInstanceOf(Failure.InvalidConfiguration.class));
    assertThat(ec2.asked("DescribeImages")).isEmpty();
    assertThat(ec2.asked("RunInstances")).isEmpty();
  }

  @Test
  void aLaunchGivesAMachine() {
    assertThat(create()).isEqualTo(new Creation.Created("i-1"));
    assertThat(ec2.asked("RunInstances")).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({"us-east-1a, true, another zone may have one", "'', false, there is none at all"})
  void aSubnetThatAZoneDoesNotHaveHoldsUpNoOther(String zone, boolean onlyHere, String why) {
    Wish wish = Wish.machine();
    wish.zone = Optional.of("us-east-1c");
    wish.interfaces.add(Wish.nic("main", Acceleration.None, false));
    ec2.on(
        "DescribeSubnets",
        _ ->
            zone.isEmpty()
                ? "<subnetSet/>"
                : "<subnetSet><item><subnetId>subnet-1</subnetId><vpcId>vpc-1</vpcId>"
                    + "<availabilityZone>%s</availabilityZone></item></subnetSet>".formatted(zone));
    assertThat(machines.create(wish.order()))
        .as(why)
        .isEqualTo(
            new Creation.Refused(
                new Failure.InvalidConfiguration(
                    CloudWords.ours(
                        "spec.forProvider.networkInterfaces[0].subnet: there is no subnet subnet-1"
                            + (onlyHere ? " in zone us-east-1c" : "")),
                    onlyHere)));
  }

  @ParameterizedTest
  @CsvSource({
    "us-east-1a, subnet-1, the subnet of the best zone",
    "us-east-1b, subnet-2, that of another zone when the offer is there",
    "us-east-1c, '', there is none in that zone"
  })
  void aMachineOfSeveralZonesTakesTheSubnetOfItsOffer(String zone, String subnet, String why) {
    Wish wish = Wish.machine();
    wish.zone = Optional.of(zone);
    wish.interfaces.add(Wish.inSubnets("subnet-1", "subnet-2"));
    ec2.on(
        "DescribeSubnets",
        request ->
            "<subnetSet><item><subnetId>%s</subnetId><vpcId>vpc-1</vpcId><availabilityZone>us-east-1%s</availabilityZone></item></subnetSet>"
                .formatted(
                    request.get("SubnetId.1"),
                    "subnet-1".equals(request.get("SubnetId.1")) ? "a" : "b"));
    Creation creation = machines.create(wish.order());
    if (subnet.isEmpty()) {
      var none =
          "spec.forProvider.networkInterfaces[0].otherSubnets[0]: there is no subnet subnet-2 in"
              + " zone us-east-1c";
      assertThat(creation)
          .as(why)
          .isEqualTo(
              new Creation.Refused(new Failure.InvalidConfiguration(CloudWords.ours(none), true)));
      return;
    }
    assertThat(ec2.asked("RunInstances").getFirst())
        .as(why)
        .containsEntry("NetworkInterface.1.SubnetId", subnet);
  }

  @Test
  void aLostReplyGivesNoSecondMachine() {
    ec2.replyOnce("RunInstances", new QueryServer.Answer.Silence());
    assertThat(create()).isEqualTo(new Creation.Created("i-1"));
    assertThat(ec2.asked("RunInstances")).hasSize(2);
    assertThat(byToken).as("machines that were made").hasSize(1);
  }

  @Test
  void halfAReplyGivesNoSecondMachine() {
    String whole =
        QueryServer.reply("RunInstances", launched(Wish.machine().order().token().text()));
    ec2.replyOnce("RunInstances", new QueryServer.Answer.Half(whole));
    assertThat(create()).isEqualTo(new Creation.Created("i-1"));
    assertThat(byToken).as("machines that were made").hasSize(1);
  }

  @Test
  void whenNoReplyComesAtAllNobodyKnows() {
    ec2.replyOnce("RunInstances", new QueryServer.Answer.Silence());
    ec2.replyOnce("RunInstances", new QueryServer.Answer.Silence());
    assertThat(create()).isInstanceOf(Creation.Unknown.class);
    assertThat(ec2.asked("RunInstances")).as("nobody asks for ever").hasSize(2);
  }

  @Test
  void aRefusalOfTheSecondTrySaysNothingOfTheFirst() {
    ec2.replyOnce("RunInstances", new QueryServer.Answer.Silence());
    ec2.replyOnce("RunInstances", QueryServer.refusal(400, "VcpuLimitExceeded", "no more"));
    assertThat(create()).isInstanceOf(Creation.Unknown.class);
  }

  @Test
  void capacityIsAskedForOnceThoughItComesAsAFaultOfTheServer() {
    ec2.replyOnce(
        "RunInstances",
        QueryServer.refusal(
            500, "InsufficientInstanceCapacity", "We do not have p5 in us-east-1a."));
    assertThat(create())
        .isEqualTo(
            new Creation.Refused(
                new Failure.InsufficientCapacity(
                    CloudWords.ours(
                        "InsufficientInstanceCapacity - We do not have p5 in us-east-1a."))));
    assertThat(ec2.asked("RunInstances")).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({
    "running, Created, it is the one the token made",
    "shutting-down, Refused, it was deleted meanwhile",
    "none, Refused, and forgotten"
  })
  void aTokenThatWasUsedWithOtherParametersLeadsToItsMachine(
      String state, String outcome, String reason) {
    ec2.replyOnce(
        "RunInstances", QueryServer.refusal(400, "IdempotentParameterMismatch", "differs"));
    ec2.on(
        "DescribeInstances",
        _ ->
            state.equals("none")
                ? "<reservationSet/>"
                : "<reservationSet><item><instancesSet>%s</instancesSet></item></reservationSet>"
                    .formatted(instance("i-7", state)));
    assertThat(create().getClass().getSimpleName()).as(reason).isEqualTo(outcome);
    assertThat(ec2.asked("DescribeInstances").getFirst())
        .containsEntry("Filter.1.Name", "client-token");
  }

  @Test
  void aDeadMachineOfTheTokenIsNone() {
    ec2.on(
        "RunInstances", _ -> "<instancesSet>" + instance("i-1", "terminated") + "</instancesSet>");
    assertThat(create()).isInstanceOf(Creation.Refused.class);
  }

  @Test
  void deniedRequestsAreExplainedAndNoSecretIsShown() {
    ec2.replyOnce(
        "RunInstances",
        QueryServer.refusal(
            403,
            "UnauthorizedOperation",
            "You are not authorized for hush-hush. Encoded authorization failure message:"
                + " aBcD123"));
    ec2.on("DecodeAuthorizationMessage", _ -> "");
    ec2.replyOnce(
        "DecodeAuthorizationMessage",
        new QueryServer.Answer.Xml(
            200,
            "<DecodeAuthorizationMessageResponse><DecodeAuthorizationMessageResult><DecodedMessage>"
                + "{\"allowed\":false,\"explicitDeny\":false,\"context\":{\"principal\":{\"arn\":"
                + "\"arn:aws:iam::1:user/p\"},\"action\":\"ec2:RunInstances\",\"resource\":\"arn:aws:ec2:r:1:instance/*\"}}"
                + "</DecodedMessage></DecodeAuthorizationMessageResult></DecodeAuthorizationMessageResponse>"));
    assertThat(create())
        .isEqualTo(
            new Creation.Refused(
                new Failure.AuthenticationFailed(
                    CloudWords.ours(
                        "UnauthorizedOperation - arn:aws:iam::1:user/p may not ec2:RunInstances on"
                            + " arn:aws:ec2:r:1:instance/*; no policy allows it"))));
  }

  @Test
  void whatCannotBeDecodedIsLeftOut() {
    ec2.replyOnce(
        "RunInstances",
        QueryServer.refusal(
            403,
            "UnauthorizedOperation",
            "You are not authorized for hush-hush. Encoded authorization failure message:"
                + " aBcD123"));
    assertThat(create())
        .isEqualTo(
            new Creation.Refused(
                new Failure.AuthenticationFailed(
                    CloudWords.ours(
                        "UnauthorizedOperation - You are not authorized for (hidden)."))));
  }

  /** It may come after the Instance was deleted, which then waits for it. */
  @Test
  void aKeyWhoseImportGotNoReplyMayStillCome() {
    ec2.on("ImportKeyPair", _ -> "<keyName>k</keyName>");
    for (int attempts = 0; attempts < 3; attempts++) {
      ec2.replyOnce("ImportKeyPair", new QueryServer.Answer.Silence());
    }
    assertThat(machines.create(withKey())).isInstanceOf(Creation.Abandoned.class);
    assertThat(ec2.asked("RunInstances")).isEmpty();
  }

  /** It is in the account, where it stays when the Instance comes to lead elsewhere. */
  @Test
  void aKeyIsThereAlthoughTheLaunchIsRefused() {
    ec2.on("ImportKeyPair", _ -> "<keyName>k</keyName>");
    ec2.replyOnce("RunInstances", QueryServer.refusal(400, "VcpuLimitExceeded", "no more"));
    assertThat(machines.create(withKey()))
        .isEqualTo(
            new Creation.Halfway(
                new Failure.QuotaExceeded(CloudWords.ours("VcpuLimitExceeded - no more"))));
  }

  private static Order withKey() {
    Order plain = Wish.machine().order();
    var key = new SecretBytes("ssh-ed25519 AAAA ada".getBytes(StandardCharsets.UTF_8));
    return new Order(
        plain.subject(),
        plain.token(),
        plain.offer(),
        plain.wanted(),
        plain.userData(),
        Optional.of(key));
  }

  @Test
  void whoIsNotThereHasMadeNothing() {
    ec2.close();
    assertThat(create())
        .isInstanceOfSatisfying(
            Creation.Refused.class,
            refused -> assertThat(refused.failure()).isInstanceOf(Failure.CloudUnreachable.class));
  }

  @Test
  void aProtectionIsLiftedByWhoDeletes() {
    ec2.replyOnce(
        "TerminateInstances", QueryServer.refusal(400, "OperationNotPermitted", "protected"));
    assertThat(machines.delete(Wish.SUBJECT, "i-1")).isEqualTo(new Effect.Accepted());
    assertThat(ec2.asked("ModifyInstanceAttribute"))
        .singleElement()
        .satisfies(
            request -> assertThat(request).containsEntry("DisableApiTermination.Value", "false"));
    assertThat(ec2.asked("TerminateInstances")).hasSize(2);
  }

  @Test
  void whatIsGoneIsDeleted() {
    ec2.replyOnce(
        "TerminateInstances", QueryServer.refusal(400, "InvalidInstanceID.NotFound", "i-1"));
    assertThat(machines.delete(Wish.SUBJECT, "i-1")).isEqualTo(new Effect.Accepted());
  }

  @Test
  void aLaunchThatEc2GaveUpIsShownUntilItIsDeleted() {
    String dead =
        "<item><instanceId>i-9</instanceId><instanceType>p5.48xlarge</instanceType>"
            + "<instanceState><code>48</code><name>terminated</name></instanceState>"
            + "<tagSet><item><key>isobar-uid</key><value>uid-1</value></item></tagSet>"
            + "<stateReason><code>Server.InsufficientInstanceCapacity</code><message>Server.InsufficientInstanceCapacity:"
            + " none left</message></stateReason></item>";
    ec2.on(
        "DescribeInstances",
        _ ->
            "<reservationSet><item><instancesSet>"
                + dead
                + "</instancesSet></item></reservationSet>");
    var seen = ((Response.Answered<List<ObservedMachine>>) machines.observe(Wish.SUBJECT)).value();
    assertThat(seen)
        .singleElement()
        .satisfies(machine -> {
          assertThat(machine.everRan()).isFalse();
          assertThat(machine.fault())
              .contains(
                  new Failure.InsufficientCapacity(
                      CloudWords.ours("Server.InsufficientInstanceCapacity: none left")));
        });
    assertThat(machines.delete(Wish.SUBJECT, "i-9")).isEqualTo(new Effect.Accepted());
    assertThat(machines.observe(Wish.SUBJECT)).isEqualTo(Response.of(List.of()));
  }
}
