package dev.isobar.provider.openstack.identity;

import dev.isobar.apis.tree.Tree;
import dev.isobar.provider.external.CloudWords;
import dev.isobar.provider.external.Failure;
import dev.isobar.provider.openstack.rest.Ask;
import dev.isobar.provider.openstack.rest.Deadline;
import dev.isobar.provider.openstack.rest.HttpAnswer;
import dev.isobar.provider.openstack.rest.Trouble;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** One call of the port: requests that follow each other until a deadline. */
public final class Dialogue {
  /** No cloud has more of anything than this many pages hold. */
  private static final int PAGES = 1000;

  private final Session session;
  private final Deadline deadline;
  private final List<String> secrets;

  /** Whether something was asked to be made, and nobody knows whether it is, or will be. */
  private boolean unsettled;

  private boolean made;

  Dialogue(Session session, Deadline deadline, List<String> secrets) {
    this.session = session;
    this.deadline = deadline;
    this.secrets = List.copyOf(secrets);
  }

  /**
   * Asks a service.
   *
   * @throws Trouble when there is no answer, or one that the request does not tolerate
   */
  public HttpAnswer ask(Service service, Ask ask) {
    try {
      HttpAnswer answer = session.ask(service, ask, deadline, secrets);
      made |= ask.makes();
      return answer;
    } catch (Trouble trouble) {
      unsettled |= ask.makes() && trouble.effect() == Trouble.Effect.UNKNOWN;
      throw trouble;
    }
  }

  /** Whether something that was asked for in this dialogue may still be made, seen by nobody. */
  public boolean unsettled() {
    return unsettled;
  }

  /** Whether something that was asked for in this dialogue was made. */
  public boolean made() {
    return made;
  }

  /**
   * All elements of a list, page by page. Services say by a link that there is more; the address in
   * it may be one that only they can reach, so the next page is asked for by the last id; key pairs
   * have names instead.
   *
   * @param field the list's name in the answer
   */
  public List<Tree> all(Service service, Ask ask, String field) {
    return all(service, ask, field, List::copyOf);
  }

  /**
   * The same, of which only what is read is kept: of ten thousand servers everything that Nova says
   * is a hundred million bytes.
   *
   * @param reading a page
   */
  public <T> List<T> all(
      Service service, Ask ask, String field, Function<List<Tree>, List<T>> reading) {
    List<T> all = new ArrayList<>();
    Optional<String> marker = Optional.empty();
    for (int page = 0; page < PAGES; page++) {
      Tree body = ask(service, marker.map(id -> ask.with("marker", id)).orElse(ask)).body();
      List<Tree> items = body.at(field).items();
      all.addAll(reading.apply(items));
      if (!goesOn(body, field)) {
        return all;
      }
      Optional<String> last = items.isEmpty() ? Optional.empty() : id(items.getLast());
      if (last.isEmpty() || last.equals(marker)) {
        break;
      }
      marker = last;
    }
    throw Trouble.silent(
        new Failure.CloudUnreachable(
            CloudWords.ours("the pages of " + ask.path() + " come to no end")),
        Trouble.Effect.NONE);
  }

  private static Optional<String> id(Tree item) {
    return item.at("id").text().or(() -> item.at("keypair", "name").text());
  }

  /** Nova and Neutron have {@code servers_links}, Glance has {@code next}. */
  private static boolean goesOn(Tree body, String field) {
    return body.at("next").exists()
        || body.at(field + "_links").items().stream()
            .anyMatch(link -> link.at("rel").text().equals(Optional.of("next")));
  }

  /** Whether the cloud has a service. */
  public boolean has(Service service) {
    return session.has(service, deadline);
  }

  /** Id of the project whose credentials these are. */
  public String project() {
    return session.project(deadline);
  }

  /** What is left of the time. */
  public Duration left() {
    return deadline.left();
  }
}
