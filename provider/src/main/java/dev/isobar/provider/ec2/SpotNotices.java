package dev.isobar.provider.ec2;

import dev.isobar.provider.external.CloudWords;
import dev.isobar.provider.external.Response;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.SpotInstanceRequest;

/**
 * Which Spot instances EC2 is about to take back. It marks their requests two minutes before; that
 * it recommends a rebalance is told inside the instance and on EventBridge only. One answer serves
 * all looks for some seconds.
 *
 * @see <a href="https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/spot-request-status.html">Spot
 *     request status</a>
 */
final class SpotNotices {
  private static final Duration FRESH = Duration.ofSeconds(5);

  /** In one answer; of more at a time the others are told when they go. */
  private static final int MOST = 1000;

  private static final Filter ABOUT_TO_GO =
      Filter.builder().name("status-code").values("marked-for-termination").build();

  private record Known(Instant at, Map<String, CloudWords> notices) {
    boolean fresh(Instant now) {
      return !now.isBefore(at) && now.isBefore(at.plus(FRESH));
    }
  }

  private final Ec2Calls calls;
  private final InstantSource clock;
  private volatile Known known = new Known(Instant.EPOCH, Map.of());

  SpotNotices(Ec2Calls calls, InstantSource clock) {
    this.calls = calls;
    this.clock = clock;
  }

  /**
   * What EC2 says of each, by id of the instance. Where it does not answer, or the right to ask is
   * missing, what it said last holds: no notice is taken back, and machines without notices are
   * worth more than none.
   */
  Map<String, CloudWords> latest() {
    Known last = known;
    Instant now = clock.instant();
    if (last.fresh(now)) {
      return last.notices;
    }
    var end =
        calls.ask(ec2 ->
            ec2.describeSpotInstanceRequests(
                request -> request.filters(ABOUT_TO_GO).maxResults(MOST)));
    Map<String, CloudWords> notices =
        switch (end.answer(reply -> notices(reply.spotInstanceRequests()))) {
          case Response.Answered<Map<String, CloudWords>>(var told) -> told;
          case Response.Failed<Map<String, CloudWords>> _ -> last.notices;
        };
    known = new Known(now, notices);
    return notices;
  }

  private Map<String, CloudWords> notices(List<SpotInstanceRequest> requests) {
    return requests.stream()
        .filter(one -> one.instanceId() != null && one.status() != null)
        .collect(Collectors.toMap(SpotInstanceRequest::instanceId, this::words, (one, _) -> one));
  }

  private CloudWords words(SpotInstanceRequest request) {
    return calls.words(
        "Spot request %s is %s"
            .formatted(request.spotInstanceRequestId(), request.status().code()));
  }
}
