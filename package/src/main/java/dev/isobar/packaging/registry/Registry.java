package dev.isobar.packaging.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.isobar.packaging.CannotPackage;
import dev.isobar.packaging.oci.Blob;
import dev.isobar.packaging.oci.Layer;
import dev.isobar.packaging.oci.OciImage;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;

/**
 * A registry, by the distribution specification of the Open Container Initiative. Over HTTPS; this
 * machine's own without.
 */
public final class Registry {
  private static final Duration CONNECT = Duration.ofSeconds(20);

  /** A layer of twenty megabytes over a slow line. */
  private static final Duration LIMIT = Duration.ofMinutes(10);

  /** Before it is tried again. */
  private static final List<Duration> PAUSES =
      List.of(Duration.ofSeconds(2), Duration.ofSeconds(8));

  private static final int BUSY = 429;
  private static final int BROKEN = 500;

  private static final Pattern LOOPBACK =
      Pattern.compile("(?:localhost|127(?:\\.\\d{1,3}){3}|.+\\.localhost)(?::\\d+)?");
  private static final int OK = 200;
  private static final int CREATED = 201;
  private static final int ACCEPTED = 202;
  private static final int UNKNOWN = 401;
  private static final int MISSING = 404;

  private final String host;
  private final URI root;
  private final Credentials credentials;
  private final Consumer<String> progress;
  private final List<Duration> pauses;
  private final HttpClient http =
      HttpClient.newBuilder()
          .connectTimeout(CONNECT)
          .followRedirects(HttpClient.Redirect.NORMAL)
          .build();

  /** Whether it ever answered. */
  private boolean reached;

  /** What to say in header Authorization, by repository. */
  private final Map<String, String> authorizations = new HashMap<>();

  /**
   * A registry.
   *
   * @param host with a port where it needs one
   * @param progress is told of every layer
   */
  public Registry(String host, Credentials credentials, Consumer<String> progress) {
    this(host, credentials, progress, PAUSES);
  }

  Registry(String host, Credentials credentials, Consumer<String> progress, List<Duration> pauses) {
    this.host = host;
    this.pauses = List.copyOf(pauses);
    this.credentials = credentials;
    this.progress = progress;
    String scheme = LOOPBACK.matcher(host).matches() ? "http://" : "https://";
    root = URI.create(scheme + DockerHub.server(host) + "/v2/");
  }

  /**
   * Stores an image. What the registry has already is not sent again; the tag comes last, so that
   * nobody finds half an image. That it was another one's is told.
   *
   * @param repository without the registry
   */
  public void push(OciImage image, String repository, String tag) {
    List<Blob> blobs =
        new ArrayList<>(image.layers().stream().map(Layer::blob).distinct().toList());
    blobs.add(image.configuration());
    for (Blob blob : blobs) {
      if (!has(repository, blob)) {
        progress.accept("sending %s (%s)".formatted(blob.digest(), size(blob)));
        send(repository, blob);
      }
    }
    Blob manifest = image.manifest();
    tellOfAnother(manifest, repository, tag);
    HttpRequest.Builder put =
        request(root.resolve(repository + "/manifests/" + tag))
            .header("Content-Type", manifest.mediaType())
            .PUT(BodyPublishers.ofByteArray(bytes(manifest)));
    HttpResponse<String> answer = patiently(() -> send(repository, put));
    if (answer.statusCode() != CREATED) {
      throw refused("take " + repository + ":" + tag, answer);
    }
  }

  /** A registry that does not say what a tag was will say what is wrong when it gets another. */
  private void tellOfAnother(Blob manifest, String repository, String tag) {
    HttpRequest.Builder head =
        request(root.resolve(repository + "/manifests/" + tag))
            .header("Accept", manifest.mediaType() + ", */*")
            .method("HEAD", BodyPublishers.noBody());
    HttpResponse<String> answer = patiently(() -> send(repository, head));
    if (answer.statusCode() == OK) {
      answer
          .headers()
          .firstValue("Docker-Content-Digest")
          .filter(digest -> !digest.equals(manifest.digest().toString()))
          .ifPresent(digest ->
              progress.accept(
                  "replacing %s:%s, which was %s; core does not fetch it again where it has that tag, so take another --version"
                      .formatted(repository, tag, digest)));
    }
  }

  private boolean has(String repository, Blob blob) {
    URI place = root.resolve(repository + "/blobs/" + blob.digest());
    HttpRequest.Builder head = request(place).method("HEAD", BodyPublishers.noBody());
    HttpResponse<String> answer = patiently(() -> send(repository, head));
    return switch (answer.statusCode()) {
      case OK -> true;
      case MISSING -> false;
      default -> throw refused("say whether it has " + blob.digest(), answer);
    };
  }

  private void send(String repository, Blob blob) {
    HttpResponse<String> answer = patiently(() -> upload(repository, blob));
    if (answer.statusCode() != CREATED) {
      throw refused("take " + blob.digest(), answer);
    }
  }

  /** From its beginning each time: what came of a layer that broke off is the registry's secret. */
  private HttpResponse<String> upload(String repository, Blob blob) {
    HttpResponse<String> begun =
        send(
            repository,
            request(root.resolve(repository + "/blobs/uploads/")).POST(BodyPublishers.noBody()));
    if (begun.statusCode() != ACCEPTED) {
      return begun;
    }
    String place =
        begun
            .headers()
            .firstValue("Location")
            .orElseThrow(() -> new CannotPackage(host + " does not say where to send a layer"));
    String address = place + (place.contains("?") ? "&" : "?") + "digest=" + blob.digest();
    try {
      return send(
          repository,
          request(root.resolve(address))
              .header("Content-Type", "application/octet-stream")
              .PUT(BodyPublishers.ofFile(blob.file())));
    } catch (IOException unreadable) {
      throw new CannotPackage("cannot read " + blob.file(), unreadable);
    }
  }

  /**
   * Does something again that a line which broke or a registry that is busy let fail. One that was
   * never reached will not be by waiting.
   */
  private HttpResponse<String> patiently(Supplier<HttpResponse<String>> attempt) {
    for (Duration pause : pauses) {
      String why;
      try {
        HttpResponse<String> answer = attempt.get();
        if (answer.statusCode() != BUSY && answer.statusCode() < BROKEN) {
          return answer;
        }
        why = "HTTP " + answer.statusCode();
      } catch (Unreachable unreachable) {
        if (!reached) {
          throw unreachable.told();
        }
        why = String.valueOf(unreachable.getMessage());
      }
      progress.accept("%s: %s; again in %d s".formatted(host, why, pause.toSeconds()));
      rest(pause);
    }
    try {
      return attempt.get();
    } catch (Unreachable unreachable) {
      throw unreachable.told();
    }
  }

  private void rest(Duration pause) {
    Executor later =
        CompletableFuture.delayedExecutor(pause.toMillis(), TimeUnit.MILLISECONDS, Runnable::run);
    try {
      var _ = CompletableFuture.runAsync(() -> {}, later).get();
    } catch (ExecutionException impossible) {
      throw new IllegalStateException("nothing cannot fail", impossible);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new CannotPackage("interrupted while " + host + " was waited for", interrupted);
    }
  }

  /** Sends a request, and once more with what the registry asks for. */
  private HttpResponse<String> send(String repository, HttpRequest.Builder request) {
    String known = authorizations.get(repository);
    HttpResponse<String> answer = exchange(request, Optional.ofNullable(known));
    Optional<String> challenge = answer.headers().firstValue("WWW-Authenticate");
    if (answer.statusCode() != UNKNOWN || challenge.isEmpty()) {
      return answer;
    }
    Optional<String> authorization = answer(Challenge.of(challenge.get()), repository);
    if (authorization.isEmpty()) {
      return answer;
    }
    authorizations.put(repository, authorization.get());
    return exchange(request, authorization);
  }

  private Optional<String> answer(Challenge challenge, String repository) {
    Optional<String> basic = credentials.basic(host).map(encoded -> "Basic " + encoded);
    Optional<URI> tokens = challenge.tokens("repository:" + repository + ":pull,push");
    if (tokens.isEmpty()) {
      return basic;
    }
    HttpResponse<String> answer = exchange(request(tokens.get()).GET(), basic);
    if (answer.statusCode() != OK) {
      throw refused("give a token", answer);
    }
    try {
      JsonNode body = JsonMapper.builder().build().readTree(answer.body());
      String token = body.path("token").asText(body.path("access_token").asText());
      return Optional.of("Bearer " + token);
    } catch (IOException noJson) {
      throw new CannotPackage(host + " gives a token that cannot be read", noJson);
    }
  }

  private HttpResponse<String> exchange(
      HttpRequest.Builder request, Optional<String> authorization) {
    authorization.ifPresent(value -> request.setHeader("Authorization", value));
    try {
      HttpResponse<String> answer =
          http.send(request.build(), BodyHandlers.ofString(StandardCharsets.UTF_8));
      reached = true;
      return answer;
    } catch (SSLException untrusted) {
      throw new Unreachable(
          "cannot reach "
              + root
              + " ("
              + untrusted.getClass().getSimpleName()
              + "); where its certificate is of an authority of yours, have Java trust that:"
              + " keytool -importcert -file CA -keystore FILE, and"
              + " JAVA_TOOL_OPTIONS=-Djavax.net.ssl.trustStore=FILE",
          untrusted);
    } catch (IOException unreachable) {
      throw new Unreachable(
          "cannot reach " + root + " (" + unreachable.getClass().getSimpleName() + ")",
          unreachable);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new CannotPackage("interrupted while " + host + " was asked", interrupted);
    }
  }

  private static HttpRequest.Builder request(URI place) {
    return HttpRequest.newBuilder(place).timeout(LIMIT);
  }

  private CannotPackage refused(String what, HttpResponse<String> answer) {
    String remedy =
        switch (answer.statusCode()) {
          case UNKNOWN, 403 -> "; log in with docker login " + host;
          default -> "";
        };
    String said = answer.body().strip();
    return new CannotPackage(
        "%s does not %s: HTTP %d%s%s"
            .formatted(host, what, answer.statusCode(), said.isEmpty() ? "" : " " + said, remedy));
  }

  private static byte[] bytes(Blob blob) {
    try {
      return blob.bytes();
    } catch (IOException unreadable) {
      throw new CannotPackage("cannot read " + blob.file(), unreadable);
    }
  }

  private static String size(Blob blob) {
    return "%.1f MB".formatted(blob.size() / 1e6);
  }

  /** It did not answer. */
  private static final class Unreachable extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final IOException cause;

    Unreachable(String message, IOException cause) {
      super(message, cause);
      this.cause = cause;
    }

    CannotPackage told() {
      return new CannotPackage(String.valueOf(getMessage()), cause);
    }
  }
}
