package dev.isobar.provider.ec2;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.provider.external.CloudWords;
import dev.isobar.provider.external.Failure;
import dev.isobar.provider.external.Response;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

final class GatheringTest {
  private final List<List<String>> requests = new CopyOnWriteArrayList<>();
  private final CountDownLatch firstIsUnderWay = new CountDownLatch(1);
  private final CountDownLatch firstMayEnd = new CountDownLatch(1);

  private Response<Map<String, String>> echo(List<String> keys) {
    requests.add(keys);
    if (keys.equals(List.of("first"))) {
      firstIsUnderWay.countDown();
      await(firstMayEnd);
    }
    Map<String, String> found = new HashMap<>();
    keys.stream().filter(key -> !key.equals("none")).forEach(key -> found.put(key, "of " + key));
    return Response.of(found);
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException interrupted) {
      throw new AssertionError(interrupted);
    }
  }

  @Test
  void whoComesWhileARequestIsUnderWayGoesIntoTheNext() {
    var gathering = new Gathering<String, String>(3, this::echo);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var first = CompletableFuture.supplyAsync(() -> gathering.of("first", "nothing"), threads);
      await(firstIsUnderWay);
      List<CompletableFuture<Response<String>>> others =
          List.of("a", "b", "none", "d").stream()
              .map(
                  key -> CompletableFuture.supplyAsync(() -> gathering.of(key, "nothing"), threads))
              .toList();
      while (gathering.waiting() < others.size()) {
        Thread.onSpinWait();
      }
      firstMayEnd.countDown();
      assertThat(first.join()).isEqualTo(Response.of("of first"));
      assertThat(others.stream().map(CompletableFuture::join))
          .containsExactly(
              Response.of("of a"),
              Response.of("of b"),
              Response.of("nothing"),
              Response.of("of d"));
    }
    assertThat(requests.stream().map(List::size)).containsExactlyInAnyOrder(1, 3, 1);
  }

  @Test
  void aFailureIsThatOfAllWhoAsked() {
    Failure failure = new Failure.Busy(CloudWords.ours("no"));
    var gathering = new Gathering<String, String>(3, _ -> Response.failed(failure));
    assertThat(gathering.of("a", "nothing")).isEqualTo(Response.failed(failure));
  }
}
