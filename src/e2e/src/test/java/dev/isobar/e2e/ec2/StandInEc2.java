package dev.isobar.e2e.ec2;

import dev.isobar.apis.compute.AssumedRole;
import dev.isobar.apis.compute.CloudEndpoints;
import dev.isobar.apis.compute.CloudEndpoints.Reach;
import dev.isobar.provider.ec2.Ec2Access;
import dev.isobar.provider.external.Account;
import dev.isobar.provider.external.Machines;
import dev.isobar.provider.external.Response;
import dev.isobar.provider.external.SecretBytes;
import dev.isobar.testbed.cache.UserCache;
import dev.isobar.testbed.ec2.MotoServer;
import dev.isobar.testbed.kubernetes.Await;
import dev.isobar.testbed.plane.Project;
import dev.isobar.testbed.process.LeftProcesses;
import dev.isobar.testbed.process.Processes;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.ec2.Ec2Client;

/** An EC2 for the suites of this package, with what machines refer to. */
public final class StandInEc2 {
  public static final String REGION = "us-east-1";

  private static final String NOTE = "processes";

  private static @Nullable StandInEc2 shared;

  private final MotoServer server;
  private final Ec2Client operator;

  private StandInEc2(MotoServer server) {
    this.server = server;
    operator = client(server.address(), "operator", "operator", Map.of());
  }

  /** How many there have been, so that each has a folder of its own. */
  private static final AtomicInteger STARTED = new AtomicInteger();

  /** The one that suites share; it ends with this JVM. */
  static synchronized StandInEc2 shared() {
    StandInEc2 started = shared;
    if (started == null) {
      started = own();
      shared = started;
    }
    return started;
  }

  /** One for a suite alone. */
  public static StandInEc2 own() {
    Project project = Project.here();
    Path cache = UserCache.folder(System.getenv(), Path.of(System.getProperty("user.home")));
    Path all = project.root().resolve("src/e2e/target/moto");
    LeftProcesses.endBelow(all, NOTE);
    Path folder = all.resolve(String.valueOf(STARTED.incrementAndGet()));
    var processes = new Processes(folder.resolve("logs"), folder.resolve(NOTE));
    return new StandInEc2(MotoServer.start(project, cache.resolve("testbed"), processes));
  }

  /** The server, to tell it how to behave. */
  public MotoServer server() {
    return server;
  }

  /** EC2 as the operator uses it. */
  public Ec2Client operator() {
    return operator;
  }

  /** EC2 as the operator of another account uses it. */
  Ec2Client operatorOf(String account) {
    Map<String, String> headers = Map.of("x-moto-account-id", account);
    return client(server.address(), "operator", "operator", headers);
  }

  /** An image of the operator's. */
  public String image(String name) {
    return image(operator, name);
  }

  static String image(Ec2Client ec2, String name) {
    return ec2.registerImage(request ->
            request
                .name(name)
                .architecture("x86_64")
                .rootDeviceName("/dev/xvda")
                .virtualizationType("hvm"))
        .imageId();
  }

  /** The machines as the provider reaches them. */
  Machines machines() {
    return machines(server.address());
  }

  /** The machines, reached through another address. */
  Machines machines(URI address) {
    return opened(account(address, "testing", "testing-secret", Optional.empty()));
  }

  /** The machines, as somebody else. */
  Machines machines(String key, String secret, Optional<AssumedRole> role) {
    return opened(account(server.address(), key, secret, role));
  }

  private static Machines opened(Account account) {
    return switch (new Ec2Access().open(account)) {
      case Response.Answered<Machines>(var machines) -> machines;
      case Response.Failed<Machines>(var failure) -> throw new AssertionError(failure);
    };
  }

  private static Account account(
      URI address, String key, String secret, Optional<AssumedRole> role) {
    String file =
        "[default]\naws_access_key_id = %s\naws_secret_access_key = %s\n".formatted(key, secret);
    return new Account(
        REGION,
        new CloudEndpoints(
            Map.of("ec2", address.toString(), "sts", address.toString()), Reach.Public),
        Optional.of(new SecretBytes(file.getBytes(StandardCharsets.UTF_8))),
        "default",
        role);
  }

  static Ec2Client client(URI address, String key, String secret) {
    return client(address, key, secret, Map.of());
  }

  private static Ec2Client client(
      URI address, String key, String secret, Map<String, String> headers) {
    return Ec2Client.builder()
        .overrideConfiguration(one -> headers.forEach(one::putHeader))
        .endpointOverride(address)
        .region(Region.of(REGION))
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create(key, secret)))
        .build();
  }

  /** Asks until the answer is as it is waited for, and shows the last one when it never is. */
  static <T> void await(String what, Supplier<T> look, Predicate<T> holds) {
    var _ = Await.PATIENT.until(what, look, holds);
  }
}
