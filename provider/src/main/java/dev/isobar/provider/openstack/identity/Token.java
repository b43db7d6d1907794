package dev.isobar.provider.openstack.identity;

import dev.isobar.apis.tree.Tree;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What Keystone gave.
 *
 * @param value the secret that goes with every request
 * @param renewAt when the next one is fetched
 * @param project whose machines these are
 */
record Token(String value, Instant renewAt, String project, ServiceCatalogue catalogue) {
  private static final Duration SHORT = Duration.ofMinutes(5);

  /** A token is renewed when four fifths of its life are over, by our own clock. */
  static Token of(String value, Tree body, Instant now) {
    Tree token = body.at("token");
    Duration life =
        time(token.at("issued_at"))
            .flatMap(
                issued -> time(token.at("expires_at")).map(end -> Duration.between(issued, end)))
            .filter(length -> !length.isNegative())
            .orElse(SHORT);
    return new Token(
        value,
        now.plus(life.multipliedBy(4).dividedBy(5)),
        token.at("project", "id").text().orElse(""),
        ServiceCatalogue.of(token.at("catalog")));
  }

  private static Optional<Instant> time(Tree field) {
    try {
      return field.text().map(Instant::parse);
    } catch (DateTimeException _) {
      return Optional.empty();
    }
  }

  @Override
  public String toString() {
    return "Token[until " + renewAt + "]";
  }
}
