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
 * only where it is wanted, and rarely; a tag tells where it was wanted before.
 */
final class Protection {
  private static final Duration FRESH = Duration.ofMinutes(10);

  private final Ec2Calls calls;
  private final InstantSource clock;
  private final Map<String, Instant> seen = new ConcurrentHashMap<>();

  Protection(Ec2Calls calls, InstantSource clock) {
    this.calls = calls;
    this.clock = clock;
  }

  /** Whether an instance is protected, as far as that matters to what is wanted. */
  Response<Boolean> of(String id, boolean wanted, InstanceTraits traits) {
    boolean marked = traits.tags().containsKey(InstanceTags.PROTECTED);
    if (!wanted || !marked) {
      return Response.of(marked);
    }
    Instant now = clock.instant();
    if (now.isBefore(seen.getOrDefault(id, Instant.MIN))) {
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
    if (answer instanceof Response.Answered<Boolean>(var is) && is) {
      seen.values().removeIf(until -> !now.isBefore(until));
      seen.put(id, now.plus(FRESH));
    }
    return answer;
  }

  /** Protects an instance, or lifts that; the tag comes first and goes last. */
  Effect set(String id, boolean wanted) {
    seen.remove(id);
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
