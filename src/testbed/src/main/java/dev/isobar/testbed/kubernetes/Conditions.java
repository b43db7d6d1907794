package dev.isobar.testbed.kubernetes;

import dev.isobar.apis.tree.Tree;
import java.util.Optional;
import java.util.function.Predicate;

/** Conditions in an object's status. */
public final class Conditions {
  private Conditions() {}

  /** A condition of an object. */
  public static Optional<Tree> find(Tree object, String type) {
    return object.at("status", "conditions").items().stream()
        .filter(condition -> condition.at("type").text().filter(type::equals).isPresent())
        .findFirst();
  }

  /** A condition as {@code True/Available: message}; none where there is none. */
  public static String words(Tree object, String type) {
    return find(object, type)
        .map(one ->
            one.at("status").text().orElse("")
                + "/"
                + one.at("reason").text().orElse("")
                + one.at("message").text().map(text -> ": " + text).orElse(""))
        .orElse("none");
  }

  /** Whether a condition has a status: True, False or Unknown. */
  public static Predicate<Tree> is(String type, String status) {
    return object ->
        find(object, type)
            .flatMap(found -> found.at("status").text())
            .filter(status::equals)
            .isPresent();
  }

  /** Whether a condition has a status for a reason. */
  public static Predicate<Tree> is(String type, String status, String reason) {
    return is(type, status)
        .and(object ->
            find(object, type)
                .flatMap(found -> found.at("reason").text())
                .filter(reason::equals)
                .isPresent());
  }
}
