package dev.isobar.provider.openstack.rest;

import dev.isobar.apis.tree.Tree;
import dev.isobar.provider.external.CloudWords;
import dev.isobar.provider.external.Failure;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;

/**
 * Sends requests over HTTP 1.1 and waits for the whole answer. A request is sent once: nothing here
 * repeats it, so that nothing is made twice; only a question on a connection that had ended may be
 * asked again by the JDK. Redirections are not followed.
 */
public final class HttpTransport {
  /** The longest answer that is read; a page of a thousand servers takes about four million. */
  private static final long LONGEST = 64L << 20;

  private static final Duration CONNECT = Duration.ofSeconds(10);

  /** Requests of one account at once; others wait. */
  private static final int PLACES = 16;

  private final HttpClient client;
  private final Semaphore places = new Semaphore(PLACES, true);
  private final InstantSource clock;

  /** With the authorities of the JDK, or with those given instead. */
  public HttpTransport(Optional<SSLContext> authorities, InstantSource clock) {
    HttpClient.Builder builder =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT)
            .followRedirects(HttpClient.Redirect.NEVER)
            .executor(Executors.newVirtualThreadPerTaskExecutor());
    client = authorities.map(builder::sslContext).orElse(builder).build();
    this.clock = clock;
  }

  /**
   * Sends a request.
   *
   * @param base address of the service, without a slash at the end
   * @param patience how long to wait for the whole answer, at most until the deadline
   * @param secrets what must not show in failures
   * @throws Trouble when there is no answer, or one that is not wanted
   */
  public HttpAnswer send(
      String base,
      Ask ask,
      Map<String, String> headers,
      Duration patience,
      Deadline deadline,
      Collection<String> secrets) {
    HttpRequest request = request(base, ask, headers);
    takePlace(ask, deadline);
    try {
      return sorted(ask, await(request, ask, deadline.atMost(patience)), secrets);
    } finally {
      places.release();
    }
  }

  private static HttpRequest request(String base, Ask ask, Map<String, String> headers) {
    HttpRequest.Builder builder =
        HttpRequest.newBuilder(URI.create(base + ask.target()))
            .header("Accept", "application/json")
            .header("User-Agent", "provider-isobar");
    headers.forEach(builder::header);
    // A publisher of known length gives Content-Length; Nova takes a chunked body for an empty one.
    return ask.body()
        .map(body ->
            builder
                .header("Content-Type", "application/json")
                .method(ask.method().name(), BodyPublishers.ofByteArray(JsonBytes.write(body))))
        .orElseGet(() -> builder.method(ask.method().name(), BodyPublishers.noBody()))
        .build();
  }

  private void takePlace(Ask ask, Deadline deadline) {
    try {
      if (!places.tryAcquire(deadline.left().toMillis(), TimeUnit.MILLISECONDS)) {
        throw Trouble.silent(
            unreachable(ask + " had to wait too long for other requests to this cloud"),
            Trouble.Effect.NONE);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw Trouble.silent(unreachable("interrupted before " + ask), Trouble.Effect.NONE);
    }
  }

  private HttpResponse<byte[]> await(HttpRequest request, Ask ask, Duration patience) {
    CompletableFuture<HttpResponse<byte[]>> coming =
        client.sendAsync(request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), LONGEST));
    try {
      return coming.get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException _) {
      coming.cancel(true);
      throw Trouble.silent(
          unreachable(
              "%s at %s: no whole answer within %d s"
                  .formatted(ask, request.uri().getAuthority(), patience.toSeconds())),
          Trouble.Effect.UNKNOWN);
    } catch (InterruptedException _) {
      coming.cancel(true);
      Thread.currentThread().interrupt();
      throw Trouble.silent(
          unreachable("interrupted while waiting for " + ask), Trouble.Effect.UNKNOWN);
    } catch (ExecutionException e) {
      throw broken(request, ask, e);
    }
  }

  private static Trouble broken(HttpRequest request, Ask ask, ExecutionException why) {
    if (!(why.getCause() instanceof IOException io)) {
      throw new IllegalStateException("cannot send " + ask, why);
    }
    boolean never =
        io instanceof ConnectException
            || io instanceof HttpConnectTimeoutException
            || io instanceof SSLHandshakeException;
    String said = io.getMessage() == null ? io.getClass().getSimpleName() : io.getMessage();
    String what = never ? "cannot connect" : "the connection ended before a whole answer came";
    return Trouble.silent(
        unreachable("%s at %s: %s: %s".formatted(ask, request.uri().getAuthority(), what, said)),
        never ? Trouble.Effect.NONE : Trouble.Effect.UNKNOWN);
  }

  private HttpAnswer sorted(Ask ask, HttpResponse<byte[]> response, Collection<String> secrets) {
    int status = response.statusCode();
    Map<String, String> headers = new HashMap<>();
    response
        .headers()
        .map()
        .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values.getFirst()));
    if (status >= 300 && !ask.tolerated().contains(status)) {
      Failure failure =
          Failures.of(ask.toString(), status, headers, response.body(), secrets, clock.instant());
      boolean unsure = status >= 500 && status != 501;
      throw Trouble.answered(
          failure, unsure ? Trouble.Effect.UNKNOWN : Trouble.Effect.NONE, status);
    }
    return new HttpAnswer(status, headers, body(ask, status, response.body()));
  }

  private static Tree body(Ask ask, int status, byte[] bytes) {
    if (bytes.length == 0 || status >= 300) {
      return Tree.absent();
    }
    return JsonBytes.read(bytes)
        .orElseThrow(() ->
            Trouble.silent(
                unreachable(ask + " is answered with something that is not JSON, or is cut"),
                Trouble.Effect.UNKNOWN));
  }

  private static Failure unreachable(String words) {
    return new Failure.CloudUnreachable(CloudWords.ours(words));
  }
}
