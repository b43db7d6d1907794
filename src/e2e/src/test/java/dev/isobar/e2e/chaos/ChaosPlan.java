package dev.isobar.e2e.chaos;

import dev.isobar.testbed.fault.Fault.When;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** What happens in a run, made of its seed alone. */
record ChaosPlan(long seed, List<Round> rounds) {
  private static final int MOST_STANDING = 6;

  /** What a machine has besides itself. */
  enum Outfit {
    NOTHING,
    PUBLIC_ADDRESS,
    KEY
  }

  /**
   * What somebody wants of an Instance.
   *
   * @param round that changed it last; its machine carries that as a tag
   */
  record Wanted(String name, Outfit outfit, int round, boolean off, boolean locked) {}

  /** What somebody does to an Instance. */
  sealed interface Deed {
    /** Makes or changes it. */
    record Apply(Wanted wanted, boolean first) implements Deed {}

    /** Deletes it. */
    record Remove(String name) implements Deed {}
  }

  /** When the provider is killed. */
  sealed interface Moment {
    /** Before the cloud has a request, or when it has carried it out and nobody knows yet. */
    record AtCall(CloudCall call, int nth, When when) implements Moment {}

    /** When so many states of Instances were stored. */
    record AtState(int nth) implements Moment {}
  }

  /** How a request goes wrong. */
  enum Mishap {
    LOST,
    ANSWER_LOST,
    ANSWER_RESET,
    ANSWER_CUT,
    UNAVAILABLE,
    GIVEN_UP,
    HELD
  }

  /** A request that goes wrong. */
  record Accident(CloudCall call, int nth, Mishap mishap) {}

  /** When deeds are done. */
  enum Hour {
    BEFORE_THE_START,
    AT_THE_START,
    /** When everything that was done before has settled. */
    AT_REST
  }

  /** From one start of the provider to its death. */
  record Round(List<Deed> deeds, Hour hour, Moment death, List<Accident> accidents) {}

  /** The plan of a seed. */
  static ChaosPlan of(long seed, int rounds) {
    var draft = new Draft(new Random(seed));
    List<Round> all = new ArrayList<>();
    for (int round = 1; round <= rounds; round++) {
      all.add(draft.round(round));
    }
    return new ChaosPlan(seed, List.copyOf(all));
  }

  private static final class Draft {
    private final Random chance;
    private final Map<String, Wanted> standing = new TreeMap<>();
    private int made;

    Draft(Random chance) {
      this.chance = chance;
    }

    Round round(int round) {
      List<Deed> deeds = new ArrayList<>();
      List<CloudCall> calls = new ArrayList<>(List.of(CloudCall.LOOK));
      int count = 1 + chance.nextInt(3);
      for (int deed = 0; deed < count; deed++) {
        deeds.add(deed(round, calls));
      }
      return new Round(List.copyOf(deeds), pick(Hour.values()), death(calls), accidents(calls));
    }

    /** Something that can be done now, and the calls that come of it. */
    private Deed deed(int round, List<CloudCall> calls) {
      int kind = standing.isEmpty() ? 0 : chance.nextInt(4);
      if (kind <= 1 && standing.size() < MOST_STANDING) {
        made++;
        var wanted = new Wanted("machine-" + made, pick(Outfit.values()), round, false, false);
        standing.put(wanted.name(), wanted);
        calls.addAll(List.of(CloudCall.PREPARE, CloudCall.CREATE, CloudCall.CREATE));
        return new Deed.Apply(wanted, true);
      }
      Wanted before = pick(standing.values().toArray(Wanted[]::new));
      if (kind == 2) {
        var wanted =
            new Wanted(
                before.name(),
                before.outfit(),
                round,
                chance.nextBoolean() != before.off(),
                chance.nextBoolean());
        standing.put(wanted.name(), wanted);
        calls.add(CloudCall.MEND);
        return new Deed.Apply(wanted, false);
      }
      standing.remove(before.name());
      calls.addAll(List.of(CloudCall.DELETE, CloudCall.RELEASE));
      return new Deed.Remove(before.name());
    }

    private Moment death(List<CloudCall> calls) {
      if (chance.nextInt(4) == 0) {
        return new Moment.AtState(1 + chance.nextInt(8));
      }
      CloudCall call = pick(calls.toArray(CloudCall[]::new));
      int nth = 1 + chance.nextInt(call == CloudCall.LOOK ? 8 : 2);
      return new Moment.AtCall(call, nth, pick(When.values()));
    }

    private List<Accident> accidents(List<CloudCall> calls) {
      List<Accident> accidents = new ArrayList<>();
      for (int left = chance.nextInt(3); left > 0; left--) {
        CloudCall call = pick(calls.toArray(CloudCall[]::new));
        Mishap mishap = pick(Mishap.values());
        if (mishap != Mishap.HELD || call == CloudCall.CREATE) {
          accidents.add(new Accident(call, 1 + chance.nextInt(2), mishap));
        }
      }
      return List.copyOf(accidents);
    }

    private <T> T pick(T[] all) {
      return all[chance.nextInt(all.length)];
    }
  }
}
