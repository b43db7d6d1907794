package dev.isobar.provider.queue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;

/**
 * What is to be done and when. Time is given by whoever asks. Not for several threads at once;
 * {@link Workers} guards it.
 *
 * <ul>
 *   <li>An item is there once, however often it was added; the earliest time and the highest
 *       urgency count. An item that is added while it is worked on is due again once that is over.
 *   <li>Every item belongs to a lane, in practice its cloud, and a lane has so many hands: a slow
 *       cloud fills its own lane and no other. Lanes with work take turns.
 *   <li>Within a lane news overtake resyncs; equals come in the order they became due. A quarter of
 *       a lane's hands is for news only, because resyncs all wait when one of them lists the cloud.
 *   <li>All lanes together start no more items per second than the budget gives.
 * </ul>
 */
public final class Agenda<K> {
  /** One in so many hands is for news. */
  private static final int RESERVED = 4;

  /**
   * An item to work on.
   *
   * @param due since when it could have been worked on
   */
  public record Turn<K>(K item, String lane, Urgency urgency, Instant due) {}

  private record Due<K>(K item, Instant at, long order) {}

  private static final class Entry {
    private String lane;
    private Urgency urgency;
    private Instant at;
    private boolean ready;
    private boolean working;
    private boolean again;

    Entry(String lane, Urgency urgency, Instant at) {
      this.lane = lane;
      this.urgency = urgency;
      this.at = at;
    }
  }

  private final class Lane {
    private final Map<Urgency, Deque<K>> ready = new EnumMap<>(Urgency.class);
    private int busy;
    private int resyncing;

    Lane() {
      for (Urgency urgency : Urgency.values()) {
        ready.put(urgency, new ArrayDeque<>());
      }
    }

    private Deque<K> of(Urgency urgency) {
      return ready.computeIfAbsent(urgency, _ -> new ArrayDeque<>());
    }

    /** What may be begun next, if there is a hand for it. */
    private Optional<K> first() {
      if (busy >= hands) {
        return Optional.empty();
      }
      K news = of(Urgency.NEWS).peekFirst();
      boolean resync = news == null && resyncing < hands - hands / RESERVED;
      return Optional.ofNullable(resync ? of(Urgency.RESYNC).peekFirst() : news);
    }

    private void begin(Urgency urgency) {
      busy++;
      resyncing += urgency == Urgency.RESYNC ? 1 : 0;
    }

    private void end(Urgency urgency) {
      busy--;
      resyncing -= urgency == Urgency.RESYNC ? 1 : 0;
    }

    private boolean empty() {
      return busy == 0 && first().isEmpty();
    }
  }

  private final int hands;
  private final TokenBucket budget;
  private final Map<K, Entry> entries = new HashMap<>();
  private final LinkedHashMap<String, Lane> lanes = new LinkedHashMap<>();
  private final PriorityQueue<Due<K>> later =
      new PriorityQueue<>(
          Comparator.comparing((Due<K> due) -> due.at()).thenComparingLong(Due::order));
  private long order;

  /**
   * An empty agenda.
   *
   * @param hands how many items of one lane are worked on at the same time
   */
  public Agenda(int hands, TokenBucket budget) {
    this.hands = hands;
    this.budget = budget;
  }

  /** Adds an item that is due now. */
  public void add(K item, String lane, Urgency urgency, Instant now) {
    add(item, lane, urgency, now, Duration.ZERO);
  }

  /** Adds an item that is due after a while. */
  public void add(K item, String lane, Urgency urgency, Instant now, Duration delay) {
    Instant at = now.plus(delay);
    Entry entry = entries.get(item);
    if (entry == null) {
      Entry fresh = new Entry(lane, urgency, at);
      entries.put(item, fresh);
      schedule(item, fresh);
    } else if (entry.working) {
      boolean sooner = !entry.again || at.isBefore(entry.at);
      entry.at = sooner ? at : entry.at;
      entry.urgency = entry.again && entry.urgency == Urgency.NEWS ? Urgency.NEWS : urgency;
      entry.lane = lane;
      entry.again = true;
    } else {
      hasten(item, entry, lane, urgency, at);
    }
  }

  private void hasten(K item, Entry entry, String lane, Urgency urgency, Instant at) {
    boolean urgent = urgency == Urgency.NEWS && entry.urgency == Urgency.RESYNC;
    boolean moved = !lane.equals(entry.lane);
    if (entry.ready && !urgent && !moved) {
      return;
    }
    if (entry.ready) {
      lane(entry.lane).of(entry.urgency).remove(item);
      entry.ready = false;
      entry.at = at.isBefore(entry.at) ? at : entry.at;
    } else if (at.isAfter(entry.at) && !moved) {
      return; // it is due before; a later wish changes nothing
    } else {
      entry.at = at.isBefore(entry.at) ? at : entry.at;
    }
    entry.lane = lane;
    entry.urgency = urgent ? Urgency.NEWS : entry.urgency;
    schedule(item, entry);
  }

  private void schedule(K item, Entry entry) {
    later.add(new Due<>(item, entry.at, order++));
  }

  /** Forgets an item; one that is worked on is forgotten once that is over. */
  public void remove(K item) {
    Entry entry = entries.get(item);
    if (entry == null) {
      return;
    }
    if (entry.working) {
      entry.again = false;
      return;
    }
    entries.remove(item);
    if (entry.ready) {
      lane(entry.lane).of(entry.urgency).remove(item);
      tidy(entry.lane);
    }
  }

  /** The next item to work on now, if there is one and a hand for it; {@link #done} must follow. */
  public Optional<Turn<K>> take(Instant now) {
    promote(now);
    for (Map.Entry<String, Lane> place : lanes.entrySet()) {
      Lane lane = place.getValue();
      Optional<K> item = lane.first();
      if (item.isPresent()) {
        return budget.take(now)
            ? Optional.of(start(place.getKey(), lane, item.get()))
            : Optional.empty();
      }
    }
    return Optional.empty();
  }

  private Turn<K> start(String name, Lane lane, K item) {
    Entry entry = entry(item);
    lane.of(entry.urgency).remove(item);
    lane.begin(entry.urgency);
    entry.ready = false;
    entry.working = true;
    // The lane goes to the end of the line.
    lanes.remove(name);
    lanes.put(name, lane);
    return new Turn<>(item, name, entry.urgency, entry.at);
  }

  /** An item that was taken is no longer worked on. */
  public void done(Turn<K> turn) {
    Entry entry = entry(turn.item());
    lane(turn.lane()).end(turn.urgency());
    entry.working = false;
    if (entry.again) {
      entry.again = false;
      schedule(turn.item(), entry);
    } else {
      entries.remove(turn.item());
    }
    tidy(turn.lane());
  }

  /** When {@link #take} may give more than now, if nothing is added or done before. */
  public Optional<Instant> nextChange(Instant now) {
    Optional<Instant> due =
        Optional.ofNullable(later.peek()).map(next -> next.at().isAfter(now) ? next.at() : now);
    boolean ready = lanes.values().stream().anyMatch(lane -> lane.first().isPresent());
    Optional<Instant> token = ready ? Optional.of(budget.nextToken(now)) : Optional.empty();
    return due.isPresent() && token.isPresent()
        ? Optional.of(due.get().isBefore(token.get()) ? due.get() : token.get())
        : due.or(() -> token);
  }

  /** How many items are waiting, due or not. */
  public int size() {
    return (int) entries.values().stream().filter(entry -> !entry.working || entry.again).count();
  }

  /** How many items are due and not worked on. */
  public int due(Instant now) {
    promote(now);
    return (int) entries.values().stream().filter(entry -> entry.ready).count();
  }

  private void promote(Instant now) {
    for (Due<K> due = later.peek(); due != null && !due.at().isAfter(now); due = later.peek()) {
      later.remove();
      Entry entry = entries.get(due.item());
      if (entry != null && !entry.ready && !entry.working && entry.at.equals(due.at())) {
        entry.ready = true;
        lane(entry.lane).of(entry.urgency).add(due.item());
      }
    }
  }

  private Lane lane(String name) {
    return lanes.computeIfAbsent(name, _ -> new Lane());
  }

  private void tidy(String name) {
    Lane lane = lanes.get(name);
    if (lane != null && lane.empty()) {
      lanes.remove(name);
    }
  }

  private Entry entry(K item) {
    Entry entry = entries.get(item);
    if (entry == null) {
      throw new IllegalStateException(item + " is not on the agenda");
    }
    return entry;
  }
}
