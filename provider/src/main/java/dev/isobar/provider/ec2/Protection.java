package dev.isobar.provider.ec2;

import dev.isobar.provider.external.Effect;
import dev.isobar.provider.external.Response;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import software.amazon.awssdk.services.ec2.model.DescribeInstanceAttributeResponse;
import software.amazon.awssdk.services.ec2.model.InstanceAttributeName;
import software.amazon.awssdk.services.ec2.model.Tag;

/**
 * EC2's protection of single instances against deletion. No listing shows it, so it is asked for
 * only where it is wanted, and rarely; a tag tells where it was set before, and is believed in
 * between. Many are asked for by turns, so that ten thousand take no more requests than EC2 gives.
 */
final class Protection {
  /** How long an answer serves at least. */
  private static final Duration FRESH = Duration.ofMinutes(10);

  /** Between two questions, in the long run. */
  private static final Duration TURN = Duration.ofSeconds(2);

  /** So many questions may come at once. */
  private static final int AT_ONCE = 50;

  /** Who was not compared for so long is gone. */
  private static final Duration KEPT = Duration.ofHours(1);

  /**
   * What is known of an instance.
   *
   * @param compared when it was compared last
   * @param asked when EC2 said that it is protected
   * @param believed whether its tag will do until it is asked for
   */
  private record Known(Instant compared, Instant asked, boolean believed) {}

  private final Ec2Calls calls;
  private final InstantSource clock;
  private final CallRate turns;
  private final Map<String, Known> known = new ConcurrentHashMap<>();

  Protection(Ec2Calls calls, InstantSource clock) {
    this.calls = calls;
    this.clock = clock;
    turns = new CallRate(1.0 / TURN.toSeconds(), AT_ONCE, clock);
  }

  /** Whether an instance is protected, as far as that matters to what is wanted. */
  Response<Boolean> of(String id, boolean wanted, InstanceTraits traits) {
    boolean marked = traits.tags().containsKey(InstanceTags.PROTECTED);
    if (!wanted || !marked) {
      return Response.of(marked);
    }
    Instant now = clock.instant();
    Known before = known.getOrDefault(id, new Known(now, Instant.MIN, true));
    if (before.believed() && !due(before, now)) {
      known.put(id, new Known(now, before.asked(), true));
      return Response.of(true);
    }
    CallEnd<DescribeInstanceAttributeResponse> end =
        calls.ask(ec2 ->
            ec2.describeInstanceAttribute(request ->
                request.instanceId(id).attribute(InstanceAttributeName.DISABLE_API_TERMINATION)));
    Response<Boolean> answer =
        end.answer(reply ->
            reply.disableApiTermination() != null
                && Boolean.TRUE.equals(reply.disableApiTermination().value()));
    if (answer instanceof Response.Answered<Boolean>(var is)) {
      known.values().removeIf(one -> one.compared().isBefore(now.minus(KEPT)));
      known.put(id, new Known(now, is ? now : Instant.MIN, is));
    }
    return answer;
  }

  /** Each has its turn before another one has a second. */
  private boolean due(Known one, Instant now) {
    Duration round = TURN.multipliedBy(known.size());
    Duration fresh = round.compareTo(FRESH) < 0 ? FRESH : round;
    return !now.isBefore(one.asked().plus(fresh)) && turns.turn(Duration.ZERO).isPresent();
  }

  /** Protects an instance, or lifts that; the tag comes first and goes last. */
  Effect set(String id, boolean wanted) {
    // Its tag may be all that comes of it.
    known.put(id, new Known(clock.instant(), Instant.MIN, false));
    if (!wanted) {
      Effect lifted = lift(id);
      return lifted instanceof Effect.Accepted
          ? calls
              .change(ec2 ->
                  ec2.deleteTags(request ->
                      request
                          .resources(id)
                          .tags(Tag.builder().key(InstanceTags.PROTECTED).build())))
              .effect()
          : lifted;
    }
    List<Tag> mark = InstanceTags.of(Map.of(InstanceTags.PROTECTED, "true"));
    Effect marked =
        calls.change(ec2 -> ec2.createTags(request -> request.resources(id).tags(mark))).effect();
    return marked instanceof Effect.Accepted ? attribute(id, true) : marked;
  }

  /** Lifts a protection, whoever set it. */
  Effect lift(String id) {
    return attribute(id, false);
  }

  private Effect attribute(String id, boolean isProtected) {
    return calls
        .change(ec2 ->
            ec2.modifyInstanceAttribute(request ->
                request.instanceId(id).disableApiTermination(value -> value.value(isProtected))))
        .effect();
  }
}
