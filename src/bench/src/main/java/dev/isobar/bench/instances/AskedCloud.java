package dev.isobar.bench.instances;

import dev.isobar.apis.tree.Tree;
import dev.isobar.cli.yaml.ManifestParsing;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * The stand-in cloud, as whoever measures sees it.
 *
 * @param port of the loopback
 */
record AskedCloud(int port) {
  /**
   * What it was asked so far.
   *
   * @param listings of all servers, of several pages each
   * @param listCalls pages of them
   * @param singleReads requests about a single server
   */
  record Counts(long listings, long listCalls, long singleReads) {}

  Counts counts() {
    Tree counts = get("/bench/counts").orElseThrow();
    return new Counts(
        counts.at("listings").whole().orElseThrow(),
        counts.at("listCalls").whole().orElseThrow(),
        counts.at("singleReads").whole().orElseThrow());
  }

  /** When it was asked about the machine of an Instance for the first time, if it was. */
  Optional<Instant> seen(String uid) {
    return get("/bench/seen/" + uid)
        .flatMap(answer -> answer.at("micros").whole())
        .map(micros -> Instant.EPOCH.plus(micros, ChronoUnit.MICROS));
  }

  /** From now on a page of a listing takes this long for a thousand servers. */
  void takeForThousand(Duration time) {
    var _ = get("/bench/thousand/" + time.toMillis());
  }

  String cloudsYaml() {
    return """
    clouds:
      openstack:
        auth:
          auth_url: http://127.0.0.1:%d/identity
          username: bench
          password: none-is-checked
          project_name: bench
    """
        .formatted(port);
  }

  private Optional<Tree> get(String path) {
    try (var stream = URI.create("http://127.0.0.1:" + port + path).toURL().openStream()) {
      String json = new String(stream.readAllBytes(), StandardCharsets.UTF_8);
      return Optional.of(Tree.of(ManifestParsing.parse(path, json).getFirst().object()));
    } catch (FileNotFoundException _) {
      return Optional.empty(); // the JDK's word for 404
    } catch (IOException failed) {
      throw new UncheckedIOException("the stand-in cloud does not answer", failed);
    }
  }
}
