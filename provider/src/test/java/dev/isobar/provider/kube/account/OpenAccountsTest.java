package dev.isobar.provider.kube.account;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.apis.compute.CloudEndpoints;
import dev.isobar.apis.compute.CloudSpec;
import dev.isobar.apis.compute.ProviderConfigRef;
import dev.isobar.apis.compute.ProviderConfigStatus;
import dev.isobar.apis.compute.SecretEntry;
import dev.isobar.provider.decide.ObjectKey;
import dev.isobar.provider.external.Account;
import dev.isobar.provider.external.CloudWords;
import dev.isobar.provider.external.Failure;
import dev.isobar.provider.external.HandClock;
import dev.isobar.provider.external.Machines;
import dev.isobar.provider.external.Response;
import dev.isobar.provider.external.SecretBytes;
import dev.isobar.provider.kube.account.ConfigObject.SecretPlace;
import dev.isobar.provider.kube.account.ConfigObject.Terms;
import dev.isobar.provider.kube.api.FakeKubernetes;
import dev.isobar.provider.kube.api.KubernetesKind;
import dev.isobar.provider.reconcile.Clouds.Connection;
import dev.isobar.provider.reconcile.Sightings;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class OpenAccountsTest {
  private static final ObjectKey SECRET = new ObjectKey("lab", "cloud");

  private final List<Account> opened = new ArrayList<>();
  private final BlockingQueue<ObjectKey> told = new LinkedBlockingQueue<>();
  private FakeKubernetes kubernetes;
  private WatchedSecrets secrets;
  private OpenAccounts accounts;

  @BeforeEach
  void start(@TempDir Path folder) {
    kubernetes = new FakeKubernetes(folder);
    secrets = new WatchedSecrets(kubernetes.objects(), told::add);
    accounts =
        new OpenAccounts(
            Map.of(CloudSpec.Provider.OpenStack, this::open),
            secrets,
            machines -> new Sightings(machines, InstantSource.system(), Duration.ZERO),
            Installation.known(Optional.of("ours")));
    password("right");
  }

  @AfterEach
  void end() {
    secrets.close();
    kubernetes.close();
  }

  private Response<Machines> open(Account account) {
    opened.add(account);
    if (account.equals(account("RegionOne", Optional.of("nonsense")))) {
      return Response.failed(new Failure.InvalidConfiguration(CloudWords.ours("no clouds.yaml")));
    }
    return account.region().equals("Atlantis")
        ? Response.failed(new Failure.InvalidConfiguration(CloudWords.ours("no such region")))
        : Response.of(new ListedMachines());
  }

  private void password(String value) {
    String text = Base64.getEncoder().encodeToString(value.getBytes(StandardCharsets.UTF_8));
    kubernetes.put(KubernetesKind.SECRET, SECRET, Map.of("data", Map.of("k", text)));
  }

  private static ConfigObject config(
      String name, CloudSpec.Provider provider, String region, Optional<SecretPlace> secret) {
    return new ConfigObject(
        new ConfigKey(ProviderConfigRef.Kind.ProviderConfig, new ObjectKey("lab", name)),
        "uid",
        "1",
        1,
        false,
        List.of(),
        Optional.empty(),
        new Terms(
            provider,
            region,
            Optional.empty(),
            secret,
            "openstack",
            Optional.empty(),
            new CloudEndpoints(Map.of(), CloudEndpoints.Reach.Public)),
        new ProviderConfigStatus(Optional.empty(), List.of()));
  }

  private static Optional<SecretPlace> in(String secret, String key) {
    return Optional.of(new SecretPlace("lab", new SecretEntry(secret, key)));
  }

  private static ConfigObject usual(String name) {
    return config(name, CloudSpec.Provider.OpenStack, "RegionOne", in("cloud", "k"));
  }

  private static Account account(String region, Optional<String> credentials) {
    return new Account(
        region,
        new CloudEndpoints(Map.of(), CloudEndpoints.Reach.Public),
        credentials.map(text -> new SecretBytes(text.getBytes(StandardCharsets.UTF_8))),
        "openstack",
        Optional.empty());
  }

  private Connection.Open opened(ConfigObject config) {
    assertThat(accounts.open(config)).isInstanceOf(Response.Answered.class);
    return ((Response.Answered<Connection.Open>) accounts.open(config)).value();
  }

  static Stream<Arguments> closed() {
    return Stream.of(
        Arguments.of(
            "a kind of cloud that was not built in",
            config("c", CloudSpec.Provider.EC2, "eu-west-1", in("cloud", "k")),
            "ProviderConfig lab/c is for EC2, which this provider cannot reach; name another in"
                + " spec.providerConfigRef"),
        Arguments.of(
            "no Secret: the key that it shall have is told",
            config("c", CloudSpec.Provider.OpenStack, "RegionOne", in("none", "k")),
            "Secret lab/none does not exist, where ProviderConfig lab/c"
                + " (spec.credentials.secretRef) has its credentials; create it with key k"),
        Arguments.of(
            "no key",
            config("c", CloudSpec.Provider.OpenStack, "RegionOne", in("cloud", "other")),
            "Secret lab/cloud has no key other, where ProviderConfig lab/c"
                + " (spec.credentials.secretRef) has its credentials; add it"),
        Arguments.of(
            "what the cloud says of the account is passed on",
            config("c", CloudSpec.Provider.OpenStack, "Atlantis", in("cloud", "k")),
            "no such region"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("closed")
  void whatIsWrongIsSaidWithItsCure(String why, ConfigObject config, String words) {
    assertThat(accounts.open(config))
        .as(why)
        .isEqualTo(Response.failed(new Failure.InvalidConfiguration(CloudWords.ours(words))));
  }

  /** It is not the user's fault, and will be tried again. */
  @Test
  void anApiServerThatDoesNotAnswerIsNoMistakeOfTheUser() {
    kubernetes.refuse("GET secrets lab/cloud", 500);
    Thread.currentThread().interrupt(); // ends the wait at once
    assertThat(accounts.open(usual("c")))
        .isEqualTo(
            Response.failed(
                new Failure.ProviderError(
                    CloudWords.ours("cannot read Secret lab/cloud at the moment"))));
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void theIdentityOfThePodHasNoCredentials() {
    var _ = opened(config("c", CloudSpec.Provider.OpenStack, "RegionOne", Optional.empty()));
    assertThat(opened).containsExactly(account("RegionOne", Optional.empty()));
  }

  @Test
  void configsThatSayTheSameShareOneAccount() {
    Connection.Open one = opened(usual("one"));
    assertThat(opened(usual("two"))).isSameAs(one);
    assertThat(one.marks()).isEqualTo(Map.of("isobar-installation", "ours"));
    assertThat(opened).containsExactly(account("RegionOne", Optional.of("right")));
  }

  @Test
  void anotherRegionIsAnotherAccount() {
    Connection.Open one = opened(usual("one"));
    var moved = config("one", CloudSpec.Provider.OpenStack, "RegionTwo", in("cloud", "k"));
    assertThat(opened(moved)).isNotSameAs(one);
    assertThat(opened)
        .containsExactly(
            account("RegionOne", Optional.of("right")), account("RegionTwo", Optional.of("right")));
  }

  /** A namespace that goes takes its Secrets first, and Instances go last. */
  @Test
  void theLastAccountIsRememberedWithoutItsSecret() throws InterruptedException {
    ConfigKey key = usual("one").key();
    assertThat(accounts.last(key)).isEmpty();
    Connection.Open one = opened(usual("one"));
    assertThat(told.poll(10, TimeUnit.SECONDS)).isEqualTo(SECRET);
    kubernetes.put(KubernetesKind.SECRET, SECRET, Map.of("data", Map.of()));
    assertThat(told.poll(10, TimeUnit.SECONDS)).isEqualTo(SECRET);
    assertThat(accounts.open(usual("one"))).isInstanceOf(Response.Failed.class);
    assertThat(accounts.last(key)).containsSame(one);
    accounts.forget(key);
    assertThat(accounts.last(key)).isEmpty();
  }

  /** Whoever empties a namespace may overwrite its Secrets first. */
  @Test
  void theLastAccountIsRememberedWhenItsSecretIsOverwritten() throws InterruptedException {
    Connection.Open one = opened(usual("one"));
    assertThat(told.poll(10, TimeUnit.SECONDS)).isEqualTo(SECRET);
    password("nonsense");
    assertThat(told.poll(10, TimeUnit.SECONDS)).isEqualTo(SECRET);
    assertThat(accounts.open(usual("one"))).isInstanceOf(Response.Failed.class);
    assertThat(accounts.last(usual("one").key())).containsSame(one);
  }

  @Test
  void anotherPasswordIsAnotherAccount() throws InterruptedException {
    Connection.Open one = opened(usual("one"));
    assertThat(told.poll(10, TimeUnit.SECONDS)).isEqualTo(SECRET);
    password("new");
    assertThat(told.poll(10, TimeUnit.SECONDS)).isEqualTo(SECRET);
    assertThat(opened(usual("one"))).isNotSameAs(one);
    assertThat(opened)
        .containsExactly(
            account("RegionOne", Optional.of("right")), account("RegionOne", Optional.of("new")));
  }

  @Test
  void anAccountIsForgottenWithTheLastConfigThatHasIt() {
    Connection.Open one = opened(usual("one"));
    assertThat(opened(usual("two"))).isSameAs(one);
    accounts.forget(usual("one").key());
    assertThat(opened(usual("three"))).as("two has it still").isSameAs(one);
    accounts.forget(usual("two").key());
    accounts.forget(usual("three").key());
    assertThat(opened(usual("four"))).isNotSameAs(one);
  }

  @Test
  void whatMarksTheMachinesMayBecomeKnownLater() {
    var clock = new HandClock(Instant.parse("2026-11-25T10:00:00Z"));
    accounts =
        new OpenAccounts(
            Map.of(CloudSpec.Provider.OpenStack, this::open),
            secrets,
            machines -> new Sightings(machines, clock, Duration.ZERO),
            Installation.of(kubernetes.objects(), clock));
    Connection.Open before = opened(usual("one"));
    assertThat(before.marks()).isEmpty();
    kubernetes.put(
        KubernetesKind.DEFINITION,
        new ObjectKey("", KubernetesKind.INSTANCE.definition()),
        Map.of("metadata", Map.of("uid", "ours")));
    clock.advance(Duration.ofMinutes(1));
    assertThat(opened(usual("one")))
        .as("the same account, nothing is looked at anew")
        .isEqualTo(
            new Connection.Open(
                before.machines(), before.sightings(), Map.of("isobar-installation", "ours")));
  }
}
