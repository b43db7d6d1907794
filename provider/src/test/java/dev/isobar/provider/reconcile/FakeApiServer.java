package dev.isobar.provider.reconcile;

import dev.isobar.apis.compute.InstanceParameters;
import dev.isobar.apis.compute.InstanceSpec;
import dev.isobar.apis.compute.InstanceStatus;
import dev.isobar.apis.compute.SecretEntry;
import dev.isobar.provider.decide.Change;
import dev.isobar.provider.decide.Managed;
import dev.isobar.provider.decide.Notice;
import dev.isobar.provider.decide.ObjectKey;
import dev.isobar.provider.external.CallPoints;
import dev.isobar.provider.external.Response;
import dev.isobar.provider.external.SecretBytes;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * An API server in memory: optimistic locking, generations, a status that only status writes
 * change, finalizers that hold what is being deleted. Each {@link Replica} is one process with a
 * cache of its own.
 */
final class FakeApiServer {
  private final Map<ObjectKey, Managed> objects =
      new TreeMap<>(Comparator.comparing(ObjectKey::toString));
  private final Map<String, String> secrets = new TreeMap<>();
  private final List<String> published = new ArrayList<>();
  private final List<String> events = new ArrayList<>();
  private Optional<String> publishProblem = Optional.empty();
  private Optional<String> changeProblem = Optional.empty();
  private int statusWrites;
  private long versions;

  // What users do.

  Managed apply(ObjectKey key, String uid, InstanceSpec spec) {
    Managed object =
        new Managed(
            key, uid, version(), 1, false, List.of(), new TreeMap<>(), spec, InstanceStatus.NONE);
    objects.put(key, object);
    return object;
  }

  void edit(ObjectKey key, UnaryOperator<InstanceParameters> change) {
    replace(
        key,
        now ->
            new Managed(
                now.key(),
                now.uid(),
                version(),
                now.generation() + 1,
                now.deleting(),
                now.finalizers(),
                now.annotations(),
                new InstanceSpec(
                    now.spec().managementPolicies(),
                    now.spec().providerConfigRef(),
                    now.spec().writeConnectionSecretToRef(),
                    now.spec().recreatePolicy(),
                    change.apply(now.spec().forProvider())),
                now.status()));
  }

  void annotate(ObjectKey key, String annotation, String value) {
    replace(
        key,
        now -> {
          var annotations = new TreeMap<>(now.annotations());
          annotations.put(annotation, value);
          return new Managed(
              now.key(),
              now.uid(),
              version(),
              now.generation(),
              now.deleting(),
              now.finalizers(),
              annotations,
              now.spec(),
              now.status());
        });
  }

  void delete(ObjectKey key) {
    replace(
        key,
        now ->
            new Managed(
                now.key(),
                now.uid(),
                version(),
                now.generation() + 1,
                true,
                now.finalizers(),
                now.annotations(),
                now.spec(),
                now.status()));
    collect(key);
  }

  void putSecret(String name, String key, String value) {
    secrets.put(name + "/" + key, value);
  }

  void refuseToPublish(String problem) {
    publishProblem = Optional.of(problem);
  }

  /** Annotations and finalizers cannot be written. */
  void refuseToChange(String problem) {
    changeProblem = Optional.of(problem);
  }

  // What tests ask.

  Optional<Managed> get(ObjectKey key) {
    return Optional.ofNullable(objects.get(key));
  }

  List<String> events() {
    return List.copyOf(events);
  }

  List<String> published() {
    return List.copyOf(published);
  }

  int statusWrites() {
    return statusWrites;
  }

  Replica replica(CallPoints points) {
    return new Replica(points);
  }

  private void replace(ObjectKey key, UnaryOperator<Managed> change) {
    objects.computeIfPresent(key, (_, now) -> change.apply(now));
  }

  private void collect(ObjectKey key) {
    objects.computeIfPresent(
        key, (_, now) -> now.deleting() && now.finalizers().isEmpty() ? null : now);
  }

  private String version() {
    return String.valueOf(++versions);
  }

  /** One process and what it remembers. */
  final class Replica implements ManagedStore {
    private final CallPoints points;
    private final Map<ObjectKey, Managed> cache =
        new TreeMap<>(Comparator.comparing(ObjectKey::toString));

    private boolean complete = true;

    private Replica(CallPoints points) {
      this.points = points;
    }

    /** Its cache catches up. */
    void sync() {
      cache.clear();
      cache.putAll(objects);
      complete = true;
    }

    @Override
    public Optional<Managed> cached(ObjectKey key) {
      return Optional.ofNullable(cache.get(key));
    }

    @Override
    public Optional<Managed> owner(String uid) {
      return cache.values().stream().filter(one -> one.uid().equals(uid)).findFirst();
    }

    @Override
    public boolean complete() {
      return complete;
    }

    /** It has read some objects, and not all. */
    void forgetAllBut(ObjectKey known) {
      cache.keySet().removeIf(key -> !key.equals(known));
      complete = false;
    }

    @Override
    public Stored read(ObjectKey key) {
      points.reach("before kube.read");
      Stored stored = get(key).<Stored>map(Stored.Current::new).orElseGet(Stored.Gone::new);
      points.reach("after kube.read");
      return stored;
    }

    @Override
    public Stored change(Managed base, Change change) {
      return write("change", base, now -> now.with(change));
    }

    @Override
    public Stored report(Managed base, InstanceStatus status) {
      statusWrites++;
      return write(
          "report",
          base,
          now ->
              new Managed(
                  now.key(),
                  now.uid(),
                  now.resourceVersion(),
                  now.generation(),
                  now.deleting(),
                  now.finalizers(),
                  now.annotations(),
                  now.spec(),
                  status));
    }

    private Stored write(String call, Managed base, UnaryOperator<Managed> change) {
      points.reach("before kube." + call);
      Stored stored = written(base, change);
      points.reach("after kube." + call);
      return stored;
    }

    private Stored written(Managed base, UnaryOperator<Managed> change) {
      Managed now = objects.get(base.key());
      if (now == null) {
        return new Stored.Gone();
      }
      if (changeProblem.isPresent() && now.status().equals(change.apply(now).status())) {
        return new Stored.Unavailable(changeProblem.get());
      }
      if (!now.uid().equals(base.uid()) || !now.resourceVersion().equals(base.resourceVersion())) {
        return new Stored.Conflict();
      }
      Managed next = change.apply(now);
      Managed versioned =
          new Managed(
              next.key(),
              next.uid(),
              version(),
              next.generation(),
              next.deleting(),
              next.finalizers(),
              next.annotations(),
              next.spec(),
              next.status());
      objects.put(base.key(), versioned);
      collect(base.key());
      return new Stored.Current(versioned);
    }

    @Override
    public Optional<String> publish(Managed owner, Map<String, String> details) {
      points.reach("before kube.publish");
      if (publishProblem.isEmpty()) {
        published.add(
            owner.spec().writeConnectionSecretToRef().orElseThrow().name()
                + " "
                + new TreeMap<>(details));
      }
      points.reach("after kube.publish");
      return publishProblem;
    }

    @Override
    public Response<Optional<SecretBytes>> secret(String namespace, SecretEntry entry) {
      return Response.of(
          Optional.ofNullable(secrets.get(entry.name() + "/" + entry.key()))
              .map(text -> new SecretBytes(text.getBytes(StandardCharsets.UTF_8))));
    }

    @Override
    public void send(Managed about, Notice notice) {
      events.add(notice.kind() + " " + notice.reason() + ": " + notice.message());
    }
  }
}
