package dev.isobar.provider.kube.store;

import dev.isobar.provider.decide.Annotations;
import dev.isobar.provider.decide.Managed;
import dev.isobar.provider.decide.Notice;
import dev.isobar.provider.decide.ObjectKey;
import dev.isobar.provider.kube.api.ApiAnswer;
import dev.isobar.provider.kube.api.KubernetesKind;
import dev.isobar.provider.kube.api.ObjectApi;
import dev.isobar.provider.operate.Diary;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * Events about Instances and ProviderConfigs, of core's own kind, because that is what a provider's
 * account may write.
 *
 * <p>One event stands for all equal ones of an object: it is named after what it says, so that
 * repeating it, by whichever process, counts it up. They are sent one after the other on a thread
 * of their own; when the API server is slow some are dropped, because nothing depends on them. What
 * nobody could say again is sent at once.
 */
public final class Announcements implements AutoCloseable {
  private static final Diary LOG = Diary.of(Announcements.class);
  private static final int MOST_WAITING = 1000;
  private static final int LONGEST_NAME = 200;
  private static final int HASH_BYTES = 8;
  private static final Duration FAREWELL = Duration.ofSeconds(3);

  private record Announcement(Topic about, Notice notice) {}

  private final BlockingQueue<Announcement> waiting = new ArrayBlockingQueue<>(MOST_WAITING);
  private final ObjectApi api;
  private final InstantSource clock;
  private final Thread sender = Thread.ofVirtual().name("events").unstarted(this::work);
  private volatile boolean ending;

  /** Sends from {@link #start} on. */
  public Announcements(ObjectApi api, InstantSource clock) {
    this.api = api;
    this.clock = clock;
  }

  /** Begins. */
  public void start() {
    sender.start();
  }

  void send(Managed about, Notice notice) {
    send(Topic.of(about), notice);
  }

  /** Sends one about an object, some time soon. */
  public void send(Topic about, Notice notice) {
    write(about, notice);
    if (!waiting.offer(new Announcement(about, notice))) {
      LOG.debug("Dropping an event", "about", about.key(), "reason", notice.reason());
    }
  }

  /** Sends one before it returns; that it cannot be sent is no obstacle to what follows. */
  public void sendNow(Topic about, Notice notice) {
    write(about, notice);
    deliver(new Announcement(about, notice));
  }

  private static void write(Topic about, Notice notice) {
    LOG.info(
        "Telling of an object",
        "kind",
        about.kind(),
        "object",
        about.key(),
        "uid",
        about.uid(),
        "reason",
        notice.reason(),
        "said",
        notice.message());
  }

  /** Sends what waits, as far as that takes no longer than a moment. */
  @Override
  public void close() {
    ending = true;
    try {
      if (!sender.join(FAREWELL)) {
        sender.interrupt();
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private void work() {
    try {
      while (true) {
        Announcement next = waiting.poll(100, TimeUnit.MILLISECONDS);
        if (next != null) {
          deliver(next);
        } else if (ending) {
          return;
        }
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt(); // whoever interrupts does not want to wait longer
    }
  }

  private void deliver(Announcement next) {
    try {
      Topic about = next.about();
      var key = new ObjectKey(about.namespace(), name(about, next.notice()));
      ApiAnswer reply = api.create(KubernetesKind.EVENT, key, event(key, about, next.notice()));
      if (reply instanceof ApiAnswer.Conflict) {
        reply = again(key);
      }
      if (!(reply instanceof ApiAnswer.Current)) {
        LOG.debug("Sending an event failed", "about", about.key(), "problem", reply);
      }
    } catch (RuntimeException bug) {
      LOG.bug("Sending an event failed", bug, "about", next.about().key());
    }
  }

  /** The same was said before. */
  private ApiAnswer again(ObjectKey key) {
    ApiAnswer before = api.get(KubernetesKind.EVENT, key);
    if (!(before instanceof ApiAnswer.Current(var event))) {
      return before;
    }
    long count = event.content().at("count").whole().orElse(1L) + 1;
    return api.merge(KubernetesKind.EVENT, key, Map.of("count", count, "lastTimestamp", seconds()));
  }

  private Map<String, Object> event(ObjectKey key, Topic about, Notice notice) {
    var event = new TreeMap<String, Object>();
    event.put("apiVersion", "v1");
    event.put("kind", "Event");
    event.put(
        "metadata",
        Map.of(
            "name",
            key.name(),
            "namespace",
            key.namespace(),
            "annotations",
            about
                .externalName()
                .map(id -> Map.of(Annotations.EXTERNAL_NAME, id))
                .orElseGet(Map::of)));
    var involved = new TreeMap<String, Object>();
    involved.put("apiVersion", about.kind().apiVersion());
    involved.put("kind", about.kind().kind());
    involved.put("name", about.key().name());
    involved.put("uid", about.uid());
    involved.put("resourceVersion", about.resourceVersion());
    if (about.kind().namespaced()) {
      involved.put("namespace", about.key().namespace());
    }
    event.put("involvedObject", involved);
    event.put("type", notice.kind().name());
    event.put("reason", notice.reason());
    event.put("message", notice.message());
    event.put("source", Map.of("component", about.source()));
    event.put("firstTimestamp", seconds());
    event.put("lastTimestamp", seconds());
    event.put("count", 1);
    return event;
  }

  private String seconds() {
    return clock.instant().truncatedTo(ChronoUnit.SECONDS).toString();
  }

  static String name(Topic about, Notice notice) {
    String name = about.key().name();
    String cut = name.length() > LONGEST_NAME ? name.substring(0, LONGEST_NAME) + "x" : name;
    String said =
        String.join("\0", about.uid(), notice.kind().name(), notice.reason(), notice.message());
    return cut + "." + HexFormat.of().formatHex(sha256(said), 0, HASH_BYTES);
  }

  private static byte[] sha256(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
