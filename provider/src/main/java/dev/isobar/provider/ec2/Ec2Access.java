package dev.isobar.provider.ec2;

import dev.isobar.apis.compute.AssumedRole;
import dev.isobar.provider.external.Account;
import dev.isobar.provider.external.CloudKind;
import dev.isobar.provider.external.CloudWords;
import dev.isobar.provider.external.Failure;
import dev.isobar.provider.external.Machines;
import dev.isobar.provider.external.Response;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.auth.StsAssumeRoleCredentialsProvider;

/**
 * The way to EC2. All accounts share one timer, and those in one place a pool of connections, which
 * stays; a client is kept as long as somebody holds the {@link Machines} it serves, and leaves
 * nothing behind.
 */
public final class Ec2Access implements CloudKind {
  /** Of all accounts in one place, of which each has a bound of its own ({@link Ec2Calls}). */
  private static final int CONNECTIONS = 512;

  private static final Duration CONNECT = Duration.ofSeconds(5);
  private static final int ATTEMPTS = 3;

  /**
   * A question may wait for another one's end and then need two calls: four of them in a minute.
   */
  private static final Duration QUESTION = Duration.ofSeconds(14);

  private static final Duration QUESTION_ATTEMPT = Duration.ofSeconds(10);

  /** What makes something is sent once; a launch twice, with the lookups before it in a minute. */
  private static final Duration ONCE = Duration.ofSeconds(18);

  private static final Duration SESSION = Duration.ofHours(1);
  private static final String SESSION_NAME = "isobar";

  /** STS takes no more. */
  private static final int LONGEST_SESSION = 64;

  private static final Set<String> SERVICES = new TreeSet<>(Set.of("ec2", "sts"));
  private static final Pattern REGION = Pattern.compile("[a-z]{2,}(-[a-z0-9]+)+");

  /** Where requests go: who hangs there takes connections from nobody who goes elsewhere. */
  private record Place(String region, Map<String, String> addresses) {}

  private final InstantSource clock;
  private final Supplier<SdkHttpClient> connections;
  private final Map<Place, SdkHttpClient> pools = new ConcurrentHashMap<>();
  private final ScheduledExecutorService timer;
  private final AwsCredentialsProvider injected;

  /** By the clock of the system. */
  public Ec2Access() {
    this(InstantSource.system());
  }

  /** As the provider uses it: access whose memories age by a clock. */
  public Ec2Access(InstantSource clock) {
    this(clock, Ec2Access::connections, DefaultCredentialsProvider.builder().build());
  }

  /**
   * With other surroundings.
   *
   * @param connections makes a pool of connections
   * @param injected the identity the pod was given
   */
  Ec2Access(
      InstantSource clock, Supplier<SdkHttpClient> connections, AwsCredentialsProvider injected) {
    this.clock = clock;
    this.connections = connections;
    this.injected = injected;
    timer =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("ec2-timeouts").factory());
  }

  private static SdkHttpClient connections() {
    return Apache5HttpClient.builder()
        .maxConnections(CONNECTIONS)
        .connectionTimeout(CONNECT)
        .socketTimeout(ONCE)
        .connectionAcquisitionTimeout(CONNECT)
        .build();
  }

  private SdkHttpClient connections(Account account) {
    var place = new Place(account.region(), account.endpoints().overrides());
    return pools.computeIfAbsent(place, _ -> connections.get());
  }

  @Override
  public Response<Machines> open(Account account) {
    return refusal(account)
        .<Response<Machines>>map(Response::failed)
        .orElseGet(() ->
            switch (profile(account)) {
              case Response.Failed<Optional<IniProfile>>(var failure) -> Response.failed(failure);
              case Response.Answered<Optional<IniProfile>>(var profile) ->
                  Response.of(machines(account, profile));
            });
  }

  private static Optional<Failure> refusal(Account account) {
    if (!REGION.matcher(account.region()).matches()) {
      return refused("spec.region: EC2 has no region " + account.region());
    }
    for (Map.Entry<String, String> override : account.endpoints().overrides().entrySet()) {
      String path = "spec.endpoints.overrides." + override.getKey();
      if (!SERVICES.contains(override.getKey())) {
        return refused(path + ": EC2 knows " + String.join(" and ", SERVICES));
      }
      if (!isAddress(override.getValue())) {
        return refused(path + " is no address such as https://ec2.example.org");
      }
    }
    return Optional.empty();
  }

  private static boolean isAddress(String text) {
    try {
      URI address = new URI(text);
      return address.getHost() != null && Set.of("http", "https").contains(address.getScheme());
    } catch (URISyntaxException _) {
      return false;
    }
  }

  private static Optional<Failure> refused(String problem) {
    return Optional.of(new Failure.InvalidConfiguration(CloudWords.ours(problem)));
  }

  private static Response<Optional<IniProfile>> profile(Account account) {
    return account
        .credentials()
        .map(file ->
            switch (IniProfile.read(file, account.entry())) {
              case Response.Answered<IniProfile>(var read) -> Response.of(Optional.of(read));
              case Response.Failed<IniProfile>(var failure) ->
                  Response.<Optional<IniProfile>>failed(failure);
            })
        .orElseGet(() -> Response.of(Optional.empty()));
  }

  private Machines machines(Account account, Optional<IniProfile> profile) {
    AwsCredentialsProvider own = profile.map(Ec2Access::credentials).orElse(injected);
    AwsCredentialsProvider used =
        account.role().map(role -> assumed(account, own, role)).orElse(own);
    List<String> secrets = profile.map(IniProfile::secrets).orElse(List.of());
    StsClient sts = sts(account, used);
    UnaryOperator<String> decode = new DeniedWords(sts)::read;
    var failures = new Ec2Failures(secrets, decode);
    var calls =
        new Ec2Calls(
            ec2(account, used, repeated()), ec2(account, used, once()), failures, timer, clock);
    var owner = new AccountOwner(sts, used, failures);
    return new Ec2Machines(calls, account.region(), owner, clock);
  }

  private static AwsCredentialsProvider credentials(IniProfile profile) {
    String id = profile.accessKeyId();
    String secret = profile.secretAccessKey();
    return StaticCredentialsProvider.create(
        profile
            .sessionToken()
            .<AwsCredentials>map(token -> AwsSessionCredentials.create(id, secret, token))
            .orElseGet(() -> AwsBasicCredentials.create(id, secret)));
  }

  private AwsCredentialsProvider assumed(
      Account account, AwsCredentialsProvider own, AssumedRole role) {
    return StsAssumeRoleCredentialsProvider.builder()
        .stsClient(sts(account, own))
        .asyncCredentialUpdateEnabled(false)
        .refreshRequest(request ->
            request
                .roleArn(role.arn())
                .externalId(role.externalId().orElse(null))
                .roleSessionName(session(account))
                .durationSeconds(Math.toIntExact(SESSION.toSeconds())))
        .build();
  }

  /** CloudTrail shows it: which ProviderConfig asked. */
  private static String session(Account account) {
    String whole = account.session().map(asker -> SESSION_NAME + "@" + asker).orElse(SESSION_NAME);
    String fit = whole.replaceAll("[^A-Za-z0-9+=,.@_-]+", ".");
    return fit.length() <= LONGEST_SESSION ? fit : fit.substring(0, LONGEST_SESSION);
  }

  private StsClient sts(Account account, AwsCredentialsProvider credentials) {
    var builder = StsClient.builder().overrideConfiguration(repeated());
    address(builder, account, "sts");
    return builder
        .region(Region.of(account.region()))
        .httpClient(connections(account))
        .credentialsProvider(credentials)
        .build();
  }

  private Ec2Client ec2(
      Account account, AwsCredentialsProvider credentials, ClientOverrideConfiguration how) {
    var builder = Ec2Client.builder().overrideConfiguration(how);
    address(builder, account, "ec2");
    return builder
        .region(Region.of(account.region()))
        .httpClient(connections(account))
        .credentialsProvider(credentials)
        .build();
  }

  private static void address(AwsClientBuilder<?, ?> builder, Account account, String service) {
    String address = account.endpoints().overrides().get(service);
    if (address != null) {
      var _ = builder.endpointOverride(URI.create(address));
    }
  }

  private ClientOverrideConfiguration repeated() {
    return ClientOverrideConfiguration.builder()
        .retryStrategy(
            AwsRetryStrategy.standardRetryStrategy().toBuilder().maxAttempts(ATTEMPTS).build())
        .apiCallAttemptTimeout(QUESTION_ATTEMPT)
        .apiCallTimeout(QUESTION)
        .scheduledExecutorService(timer)
        .build();
  }

  private ClientOverrideConfiguration once() {
    return ClientOverrideConfiguration.builder()
        .retryStrategy(AwsRetryStrategy.doNotRetry())
        .apiCallTimeout(ONCE)
        .scheduledExecutorService(timer)
        .build();
  }
}
