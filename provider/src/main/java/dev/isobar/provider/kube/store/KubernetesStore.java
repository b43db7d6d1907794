package dev.isobar.provider.kube.store;

import dev.isobar.apis.compute.InstanceStatus;
import dev.isobar.apis.compute.SecretEntry;
import dev.isobar.apis.decode.Encoder;
import dev.isobar.provider.decide.Change;
import dev.isobar.provider.decide.Managed;
import dev.isobar.provider.decide.Notice;
import dev.isobar.provider.decide.ObjectKey;
import dev.isobar.provider.external.CloudWords;
import dev.isobar.provider.external.Failure;
import dev.isobar.provider.external.Response;
import dev.isobar.provider.external.SecretBytes;
import dev.isobar.provider.kube.api.ApiAnswer;
import dev.isobar.provider.kube.api.KubernetesKind;
import dev.isobar.provider.kube.api.Mirror;
import dev.isobar.provider.kube.api.ObjectApi;
import dev.isobar.provider.operate.Diary;
import dev.isobar.provider.reconcile.ManagedStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Instances on the API server. */
public final class KubernetesStore implements ManagedStore {
  private static final Diary LOG = Diary.of(KubernetesStore.class);

  private final ObjectApi api;
  private final Mirror<PackedInstance> instances;
  private final ConnectionSecrets connections;
  private final Announcements announcements;
  private final BooleanSupplier complete;

  /**
   * The store; its cache is the mirror.
   *
   * @param complete whether the mirror shows all there is
   */
  public KubernetesStore(
      ObjectApi api,
      Mirror<PackedInstance> instances,
      ConnectionSecrets connections,
      Announcements announcements,
      BooleanSupplier complete) {
    this.api = api;
    this.instances = instances;
    this.connections = connections;
    this.announcements = announcements;
    this.complete = complete;
  }

  @Override
  public Optional<Managed> cached(ObjectKey key) {
    return instances.get(key).map(packed -> packed.unpack().managed());
  }

  @Override
  public Optional<Managed> owner(String uid) {
    return instances
        .all()
        .filter(packed -> packed.uid().equals(uid))
        .findFirst()
        .map(packed -> packed.unpack().managed());
  }

  @Override
  public boolean complete() {
    return complete.getAsBoolean();
  }

  /** What it reads is not taken over, because others may have written what nobody heard of yet. */
  @Override
  public Stored read(ObjectKey key) {
    return stored(api.get(KubernetesKind.INSTANCE, key), false);
  }

  @Override
  public Stored change(Managed base, Change change) {
    return stored(api.merge(KubernetesKind.INSTANCE, base.key(), patch(base, change)), true);
  }

  @Override
  public Stored report(Managed base, InstanceStatus status) {
    return stored(
        api.putStatus(
            KubernetesKind.INSTANCE,
            base.key(),
            base.resourceVersion(),
            Encoder.everything(status)),
        true);
  }

  @Override
  public Optional<String> publish(Managed owner, Map<String, String> details) {
    return connections.publish(owner, details);
  }

  @Override
  public Response<Optional<SecretBytes>> secret(String namespace, SecretEntry entry) {
    var name = new ObjectKey(namespace, entry.name());
    return switch (api.get(KubernetesKind.SECRET, name)) {
      case ApiAnswer.Current(var secret) ->
          Response.of(
              secret
                  .content()
                  .at("data", entry.key())
                  .text()
                  .map(text -> new SecretBytes(Base64.getDecoder().decode(text))));
      case ApiAnswer.Missing() -> Response.of(Optional.empty());
      case ApiAnswer.Conflict() -> unread(name, "conflict");
      case ApiAnswer.Forbidden(var why) -> unread(name, why);
      case ApiAnswer.Unavailable(var why) -> unread(name, why);
    };
  }

  private static <T> Response<T> unread(ObjectKey secret, String why) {
    return Response.failed(
        new Failure.ProviderError(
            CloudWords.ours("the API server does not show Secret " + secret + ": " + why)));
  }

  @Override
  public void send(Managed about, Notice notice) {
    announcements.send(about, notice);
  }

  /** The merge patch of a change: whole lists, and the version that guards them. */
  static Map<String, Object> patch(Managed base, Change change) {
    var metadata = new TreeMap<String, Object>();
    metadata.put("resourceVersion", base.resourceVersion());
    if (!change.annotations().isEmpty()) {
      var annotations = new TreeMap<String, @Nullable Object>();
      change.annotations().forEach((name, value) -> annotations.put(name, value.orElse(null)));
      metadata.put("annotations", annotations);
    }
    List<String> finalizers = new ArrayList<>(base.with(change).finalizers());
    if (!finalizers.equals(base.finalizers())) {
      metadata.put("finalizers", finalizers);
    }
    return Map.of("metadata", metadata);
  }

  private Stored stored(ApiAnswer reply, boolean ours) {
    return switch (reply) {
      case ApiAnswer.Current(var object) ->
          InstanceDecoding.read(object)
              .map(read -> {
                if (ours) {
                  instances.takeOver(
                      object.key(), object.resourceVersion(), PackedInstance.of(read));
                }
                return (Stored) new Stored.Current(read.managed());
              })
              .orElseGet(() -> new Stored.Unavailable("it cannot be read"));
      case ApiAnswer.Missing() -> new Stored.Gone();
      case ApiAnswer.Conflict() -> new Stored.Conflict();
      case ApiAnswer.Forbidden(var why) -> unavailable(why);
      case ApiAnswer.Unavailable(var why) -> unavailable(why);
    };
  }

  /** Nobody else tells of it: what cannot be stored cannot be said in the object either. */
  private static Stored unavailable(String why) {
    LOG.warning("Storing an Instance failed, and is tried again", "problem", why);
    return new Stored.Unavailable(why);
  }
}
