package dev.isobar.provider.openstack.identity;

import dev.isobar.apis.compute.CloudEndpoints.Reach;
import dev.isobar.provider.external.Account;
import dev.isobar.provider.external.CloudWords;
import dev.isobar.provider.external.Failure;
import dev.isobar.provider.openstack.rest.Ask;
import dev.isobar.provider.openstack.rest.Deadline;
import dev.isobar.provider.openstack.rest.HttpAnswer;
import dev.isobar.provider.openstack.rest.HttpTransport;
import dev.isobar.provider.openstack.rest.Trouble;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An account of a cloud, for as long as the provider runs: its token, its addresses, its versions.
 * Everything in it belongs to this account alone; two accounts share nothing.
 */
public final class Session {
  /** A load balancer may ask for more than anybody wants to wait. */
  private static final Duration LONGEST_REST = Duration.ofMinutes(5);

  private final Account account;
  private final CloudEntry entry;
  private final Reach reach;
  private final Map<Service, String> addresses;
  private final HttpTransport transport;
  private final Keystone keystone;
  private final InstantSource clock;
  private final Duration patience;
  private volatile @Nullable Microversion microversion;
  private volatile Instant quietUntil = Instant.MIN;

  private Session(Account account, CloudEntry entry, InstantSource clock, Duration patience) {
    this.account = account;
    this.entry = entry;
    this.clock = clock;
    this.patience = patience;
    this.reach =
        account.endpoints().reach() == Reach.Public
            ? entry.reach().orElse(Reach.Public)
            : account.endpoints().reach();
    this.addresses = addresses(account, entry);
    this.transport = new HttpTransport(entry.authorities(), clock);
    this.keystone = new Keystone(entry, transport, clock, patience);
  }

  /**
   * Opens an account, without asking anything of the cloud.
   *
   * @param patience how long one request may take
   * @throws Trouble when the ProviderConfig or its Secret is wrong
   */
  public static Session open(Account account, InstantSource clock, Duration patience) {
    if (account.role().isPresent()) {
      throw Trouble.invalid("spec.credentials.assumeRole is for EC2; remove it");
    }
    var file =
        account
            .credentials()
            .orElseThrow(() ->
                Trouble.invalid(
                    "OpenStack needs credentials: name the key of a Secret that holds a"
                        + " clouds.yaml in spec.credentials.secretRef"));
    Optional<String> identity =
        Optional.ofNullable(account.endpoints().overrides().get("identity"))
            .map(url -> CloudsYaml.checkedAddress("spec.endpoints.overrides.identity", url));
    return new Session(account, CloudsYaml.read(file, account.entry(), identity), clock, patience);
  }

  private static Map<Service, String> addresses(Account account, CloudEntry entry) {
    Map<Service, String> addresses = new EnumMap<>(Service.class);
    addresses.putAll(entry.addresses());
    account
        .endpoints()
        .overrides()
        .forEach((type, url) -> {
          if (!type.equals("identity")) {
            addresses.put(
                service(type), CloudsYaml.checkedAddress("spec.endpoints.overrides." + type, url));
          }
        });
    return addresses;
  }

  private static Service service(String type) {
    for (Service service : Service.values()) {
      if (service.types().contains(type)) {
        return service;
      }
    }
    throw Trouble.invalid(
        "spec.endpoints.overrides.%s: OpenStack has identity, compute, network, image, block-storage and load-balancer"
            .formatted(type));
  }

  /** A call of the port; all its requests must be done by the deadline. */
  public Dialogue within(Deadline deadline, List<String> secrets) {
    return new Dialogue(this, deadline, secrets);
  }

  /** The region its machines are in. */
  public String region() {
    return account.region();
  }

  String project(Deadline deadline) {
    String project = keystone.token(deadline).project();
    if (project.isEmpty()) {
      throw Trouble.invalid("the credentials lead to no project; name one in the clouds.yaml");
    }
    return project;
  }

  boolean has(Service service, Deadline deadline) {
    return find(service, keystone.token(deadline)).isPresent();
  }

  HttpAnswer ask(Service service, Ask ask, Deadline deadline, List<String> secrets) {
    Microversion version = service == Service.COMPUTE ? microversion(deadline) : Microversion.NONE;
    try {
      return ask(service, ask, version.headers(), deadline, secrets);
    } catch (Trouble trouble) {
      if (trouble.status() == 406) {
        microversion = null; // the cloud was moved to another release
      }
      throw trouble;
    }
  }

  private Microversion microversion(Deadline deadline) {
    Microversion known = microversion;
    if (known == null) {
      HttpAnswer answer = ask(Service.COMPUTE, Ask.get("/"), Map.of(), deadline, List.of());
      known = Microversion.choose(answer.body().at("version"));
      microversion = known;
    }
    return known;
  }

  /** Asks, and once more with a new token when the old one is not accepted. */
  private HttpAnswer ask(
      Service service,
      Ask ask,
      Map<String, String> headers,
      Deadline deadline,
      List<String> secrets) {
    Token token = keystone.token(deadline);
    try {
      return send(service, ask, headers, token, deadline, secrets);
    } catch (Trouble trouble) {
      if (trouble.status() != 401) {
        throw trouble;
      }
      keystone.forget(token);
      return send(service, ask, headers, keystone.token(deadline), deadline, secrets);
    }
  }

  private HttpAnswer send(
      Service service,
      Ask ask,
      Map<String, String> headers,
      Token token,
      Deadline deadline,
      List<String> secrets) {
    keepQuiet();
    String address =
        service.versioned(find(service, token).orElseThrow(() -> nowhere(service, token)));
    String base =
        ask.path().equals("/") ? address.replaceAll("(/v2(\\.1)?)/[^/]+$", "$1") : address;
    Map<String, String> all = new HashMap<>(headers);
    all.put("X-Auth-Token", token.value());
    List<String> hidden = new ArrayList<>(secrets);
    hidden.addAll(entry.login().secrets());
    hidden.add(token.value());
    try {
      return transport.send(base, ask, all, patience, deadline, hidden);
    } catch (Trouble trouble) {
      trouble.failure().patience().ifPresent(this::quiet);
      throw trouble;
    }
  }

  private Optional<String> find(Service service, Token token) {
    return Optional.ofNullable(addresses.get(service))
        .or(() ->
            token
                .catalogue()
                .address(service, account.region(), reach)
                .map(address ->
                    CloudsYaml.checkedAddress(
                        "the catalogue's address of service " + service.type(), address)));
  }

  private Trouble nowhere(Service service, Token token) {
    return Trouble.invalid(
        ("the cloud's catalogue has no %s address of service %s in region %s; it has regions %s."
                + " Correct spec.region or spec.endpoints, or name the address in"
                + " spec.endpoints.overrides.%s")
            .formatted(
                reach.name().toLowerCase(Locale.ROOT),
                service.type(),
                account.region(),
                token.catalogue().regions(),
                service.type()));
  }

  private void quiet(Duration patience) {
    Duration rest = patience.compareTo(LONGEST_REST) > 0 ? LONGEST_REST : patience;
    quietUntil = clock.instant().plus(rest);
  }

  /** Who was asked to come later does not come earlier with another request. */
  private void keepQuiet() {
    Instant now = clock.instant();
    if (quietUntil.isAfter(now)) {
      Duration rest = Duration.between(now, quietUntil);
      throw Trouble.silent(
          new Failure.Throttled(
              CloudWords.ours("the cloud asked for a pause between requests"), Optional.of(rest)),
          Trouble.Effect.NONE);
    }
  }
}
