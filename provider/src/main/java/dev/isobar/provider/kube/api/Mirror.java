package dev.isobar.provider.kube.api;

import dev.isobar.provider.decide.ObjectKey;
import dev.isobar.provider.operate.Diary;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the API server held some moments ago, each object read into what we need of it and nothing
 * else kept, because there may be ten thousand.
 *
 * <p>Our own writes are taken over at once, so that nobody works with what is known to be old, and
 * nobody hears of them as news.
 */
public final class Mirror<T> {
  /** Is told what others changed. Called on the watch's thread; must be quick. */
  public interface Watcher<T> {
    /**
     * An object came ({@code before} is empty), changed, or went ({@code after} is empty). Objects
     * that cannot be read are as if they were not there.
     */
    void changed(ObjectKey key, Optional<T> before, Optional<T> after);
  }

  private static final Diary LOG = Diary.of(Mirror.class);

  private record Entry<T>(String version, Optional<T> value) {}

  private final ConcurrentHashMap<ObjectKey, Entry<T>> entries = new ConcurrentHashMap<>();
  private final Function<ApiObject, Optional<T>> reading;
  private final Watcher<T> watcher;
  private final Runnable fault;

  /**
   * An empty mirror.
   *
   * @param reading nothing for an object that cannot be read
   */
  public Mirror(Function<ApiObject, Optional<T>> reading, Watcher<T> watcher) {
    this(reading, watcher, () -> {});
  }

  /**
   * The same for whoever counts faults of ours.
   *
   * @param fault is told each time that reading throws
   */
  public Mirror(Function<ApiObject, Optional<T>> reading, Watcher<T> watcher, Runnable fault) {
    this.reading = reading;
    this.watcher = watcher;
    this.fault = fault;
  }

  /** An object, if it is there and could be read. */
  public Optional<T> get(ObjectKey key) {
    return Optional.ofNullable(entries.get(key)).flatMap(Entry::value);
  }

  /** All objects that could be read. */
  public Stream<T> all() {
    return entries.values().stream().flatMap(entry -> entry.value().stream());
  }

  /** How many objects there are. */
  public int size() {
    return entries.size();
  }

  /** What the watch shows; answers the version that was known before, null when none was. */
  @Nullable String show(ApiObject object) {
    var shown = new Entry<>(object.resourceVersion(), read(object));
    var known = new AtomicReference<@Nullable Entry<T>>();
    Entry<T> now =
        entries.compute(
            object.key(),
            (_, before) -> {
              known.set(before);
              return before == null || newer(shown.version(), before.version()) ? shown : before;
            });
    Entry<T> before = known.get();
    if (!now.equals(before)) {
      watcher.changed(
          object.key(), before == null ? Optional.empty() : before.value(), shown.value());
    }
    return before == null ? null : before.version();
  }

  /** A fault of ours must not end the watch, which shows many others. */
  private Optional<T> read(ApiObject object) {
    try {
      return reading.apply(object);
    } catch (RuntimeException bug) {
      fault.run();
      LOG.bug("Leaving an object alone that cannot be read", bug, "object", object.key());
      return Optional.empty();
    }
  }

  /** The watch shows that an object is gone; answers the version that was known. */
  @Nullable String hide(ObjectKey key) {
    Entry<T> before = entries.remove(key);
    if (before == null) {
      return null;
    }
    watcher.changed(key, before.value(), Optional.empty());
    return before.version();
  }

  /**
   * Takes over what one of our own writes gave. An object that is not there any more stays so: its
   * end may have been shown while the answer was under way.
   */
  public void takeOver(ObjectKey key, String version, T value) {
    entries.computeIfPresent(
        key,
        (_, before) ->
            newer(version, before.version()) ? new Entry<>(version, Optional.of(value)) : before);
  }

  /** Takes over an object that we made; its makers hear of it as of one that others made. */
  public void takeOver(ApiObject made) {
    var _ = show(made);
  }

  @Nullable String version(ObjectKey key) {
    Entry<T> entry = entries.get(key);
    return entry == null ? null : entry.version();
  }

  Collection<ObjectKey> keys() {
    return List.copyOf(Set.copyOf(entries.keySet()));
  }

  /** Versions are numbers of etcd; whatever is none is taken as it comes. */
  private static boolean newer(String one, String other) {
    boolean numbers = isNumber(one) && isNumber(other);
    if (!numbers) {
      return !one.equals(other);
    }
    return one.length() == other.length()
        ? one.compareTo(other) > 0
        : one.length() > other.length();
  }

  private static boolean isNumber(String text) {
    return !text.isEmpty() && text.chars().allMatch(sign -> sign >= '0' && sign <= '9');
  }
}
