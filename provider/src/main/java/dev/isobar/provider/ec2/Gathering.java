package dev.isobar.provider.ec2;

import dev.isobar.provider.external.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Puts questions of the same kind into few requests: those that come while one is under way go
 * together into the next. A question is never answered from a request that was sent before it.
 */
final class Gathering<K, V> {
  private final int most;
  private final Function<List<K>, Response<Map<K, V>>> ask;
  private final ReentrantLock turn = new ReentrantLock();
  private Batch<K, V> next = new Batch<>();

  private static final class Batch<K, V> {
    private final List<K> keys = new ArrayList<>();
    private @Nullable Response<Map<K, V>> reply;
  }

  /**
   * Asks nothing yet.
   *
   * @param most keys of one request
   * @param ask answers with what is known of each key; a key may be missing
   */
  Gathering(int most, Function<List<K>, Response<Map<K, V>>> ask) {
    this.most = most;
    this.ask = ask;
  }

  /** What is there of one key, or this when there is nothing. */
  Response<V> of(K key, V nothing) {
    return switch (reply(join(key))) {
      case Response.Failed<Map<K, V>>(var failure) -> Response.failed(failure);
      case Response.Answered<Map<K, V>>(var found) -> Response.of(found.getOrDefault(key, nothing));
    };
  }

  /** How many wait for their turn. */
  int waiting() {
    return turn.getQueueLength();
  }

  private synchronized Batch<K, V> join(K key) {
    if (next.keys.size() >= most) {
      next = new Batch<>();
    }
    next.keys.add(key);
    return next;
  }

  private Response<Map<K, V>> reply(Batch<K, V> batch) {
    turn.lock(); // the first of a batch to get its turn asks for all of it
    try {
      Response<Map<K, V>> known = batch.reply;
      if (known == null) {
        known = ask.apply(closed(batch));
        batch.reply = known;
      }
      return known;
    } finally {
      turn.unlock();
    }
  }

  private synchronized List<K> closed(Batch<K, V> batch) {
    if (next == batch) {
      next = new Batch<>();
    }
    return batch.keys.stream().distinct().toList();
  }
}
