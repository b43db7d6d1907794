package dev.isobar.testbed.controller;

import dev.isobar.testbed.process.CannotRun;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/**
 * The API of a cluster in memory. No process of its own could be killed, so {@link Controller#DEV}
 * ends it when it is told to.
 *
 * @param cluster the Cluster's name
 * @see <a
 *     href="https://github.com/kubernetes-sigs/cluster-api/blob/v1.14.2/test/infrastructure/inmemory/pkg/server/api/debug.go">how
 *     it is told</a>
 */
public record InMemoryApi(String namespace, String cluster) {
  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final int OK = 200;

  /** Ends it as a crash does: all connections are cut, and nobody listens on its port any more. */
  public void stop() {
    String path = "/namespaces/%s/clusters/%s/listener".formatted(namespace, cluster);
    var request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + Controller.FIXED_PORT + path))
            .version(HttpClient.Version.HTTP_1_1)
            .header("Accept", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString("stop"))
            .timeout(LIMIT)
            .build();
    try (var client = HttpClient.newHttpClient()) {
      HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
      if (answer.statusCode() != OK || !stopped(answer.body())) {
        throw new CannotRun(
            "the in-memory provider answers %d to %s: %s"
                .formatted(answer.statusCode(), path, answer.body()));
      }
    } catch (IOException unreachable) {
      throw new CannotRun("the in-memory provider does not answer", unreachable);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new CannotRun("interrupted while asking the in-memory provider", interrupted);
    }
  }

  private static boolean stopped(String answer) {
    return answer.replaceAll("\\s", "").contains("\"ListenerActive\":false");
  }
}
