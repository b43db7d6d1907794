package dev.isobar.provider.kube.account;

import dev.isobar.apis.compute.CloudSpec;
import dev.isobar.provider.decide.Managed;
import dev.isobar.provider.decide.Notice;
import dev.isobar.provider.decide.ObjectKey;
import dev.isobar.provider.external.CloudKind;
import dev.isobar.provider.external.Leftovers;
import dev.isobar.provider.external.Machines;
import dev.isobar.provider.external.Response;
import dev.isobar.provider.external.Supply;
import dev.isobar.provider.kube.api.ObjectApi;
import dev.isobar.provider.kube.api.Watching;
import dev.isobar.provider.queue.SteadyClock;
import dev.isobar.provider.queue.Workers.Again;
import dev.isobar.provider.reconcile.Clouds;
import dev.isobar.provider.reconcile.Clouds.Connection;
import dev.isobar.provider.reconcile.Sightings;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Everything about ProviderConfigs, put together. */
public final class Accounts implements AutoCloseable {
  /** Is told what happens to ProviderConfigs, on threads that must not wait. */
  public interface Listener {
    /** The config, or its Secret, is another one: what failed because of it may go well now. */
    void configChanged(ConfigKey config);

    /** It has more or fewer users. */
    void usersChanged(ConfigKey config);

    /** A fault of ours ended a pass over one, or kept an object from being read. */
    void failed();
  }

  /** Which Instances there are, and who else uses ProviderConfigs. */
  public interface Register {
    /** Whether all are known. */
    boolean complete();

    /** Those that are known. */
    Stream<Managed> instances();

    /** All others that are held until their config is of no use to them; empty if unknown. */
    Optional<List<OtherUser>> others();
  }

  /** Who uses a config and is no Instance. */
  public record OtherUser(ConfigUser user, boolean deleting) {}

  /** Is told what people should know of ProviderConfigs. */
  public interface Speaker {
    /** Sends an event about one. */
    void say(ConfigObject about, Notice notice);
  }

  private final ObjectApi api;
  private final Listener listener;
  private final Configs configs;
  private final Usages usages;
  private final WatchedSecrets secrets;
  private final ConfigClouds clouds;
  private final OrphanAudit audit;
  private final ConfigSupplies supplies;
  private final ConfigUpkeep upkeep;

  /**
   * Nothing is watched yet.
   *
   * @param access the ways to each kind of cloud
   * @param sightings makes the shared view of an account's machines
   * @param installation marks the machines
   */
  public Accounts(
      ObjectApi api,
      Map<CloudSpec.Provider, CloudKind> access,
      Function<Machines, Sightings> sightings,
      Installation installation,
      InstantSource clock,
      Listener listener,
      Register register,
      Speaker speaker) {
    this.api = api;
    this.listener = listener;
    configs = new Configs(this::configChanged, listener::failed);
    usages = new Usages(api, listener::usersChanged, listener::failed);
    secrets = new WatchedSecrets(api, this::secretChanged);
    var open = new OpenAccounts(access, secrets, sightings, installation);
    InstantSource steady = SteadyClock.over(clock);
    clouds = new ConfigClouds(configs, new NamespaceLabels(api, steady), usages, open);
    supplies = new ConfigSupplies(configs, open);
    audit = new OrphanAudit(register, usages, installation, steady);
    var held = new HeldSecrets(api, configs, secrets, clock);
    upkeep =
        new ConfigUpkeep(
            api, configs, usages, open, audit, held, register, speaker, listener::failed, clock);
  }

  /** Begins to watch ProviderConfigs and their usages. */
  public List<Watching> watch() {
    var watches = new ArrayList<>(configs.watch(api));
    watches.add(usages.watch());
    return watches;
  }

  /** The way from Instances to their clouds. */
  public Clouds clouds() {
    return clouds;
  }

  /** The way to what a Cloud's account may have. */
  public Response<Supply> supply(CloudSpec cloud) {
    return supplies.of(cloud);
  }

  /** The way to what clusters left in the account of whoever looks after one of them. */
  public Response<Leftovers> leftovers(ConfigUser user, boolean deleting) {
    return switch (clouds.connect(user, deleting)) {
      case Connection.Closed(var failure) -> Response.failed(failure);
      case Connection.Open open -> Response.of(open.machines().leftovers());
    };
  }

  /** One pass over a ProviderConfig. */
  public Again keep(ConfigKey config) {
    return upkeep.keep(config);
  }

  /** All ProviderConfigs. */
  public Stream<ConfigKey> all() {
    return configs.all().map(ConfigObject::key);
  }

  /** How many machines without an Instance there are, by provider, region and config. */
  public Map<List<String>, Double> orphans() {
    Map<List<String>, Double> counts = new HashMap<>();
    audit
        .counts()
        .forEach((key, count) ->
            configs
                .get(key)
                .map(ConfigObject::terms)
                .ifPresent(terms ->
                    counts.put(
                        List.of(terms.provider().name(), terms.region(), key.toString()),
                        (double) count)));
    return counts;
  }

  @Override
  public void close() {
    secrets.close();
  }

  private void configChanged(ConfigKey config) {
    Set<ObjectKey> named =
        configs
            .all()
            .flatMap(one -> one.terms().secret().stream())
            .map(ConfigObject.SecretPlace::object)
            .collect(Collectors.toSet());
    secrets.retain(named);
    listener.configChanged(config);
  }

  private void secretChanged(ObjectKey secret) {
    Consumer<ConfigObject> tell = config -> listener.configChanged(config.key());
    configs.readersOf(secret).forEach(tell);
  }
}
