package dev.isobar.provider.decide;

import java.util.Optional;

/**
 * In which account an Instance's machine is. A Secret, a ProviderConfig, or the name of one can
 * come to lead to another account; what is not seen there may well exist where it was made, so
 * nothing is made, and nothing is let go.
 */
final class Whereabouts {
  private Whereabouts() {}

  /**
   * Whether the object remembers another place than where its machine was just seen, or none, or
   * that it was missing.
   */
  static boolean areNews(Situation situation) {
    Managed managed = situation.managed();
    return managed.creation().missingSince().isPresent()
        || !is(managed, Annotations.ACCOUNT, situation.account())
        || !is(managed, Annotations.CONFIG, managed.config());
  }

  private static boolean is(Managed managed, String annotation, String value) {
    return managed.annotation(annotation).filter(value::equals).isPresent();
  }

  /**
   * Whether something was, or may yet be, made in another account than was looked into: a machine,
   * or what a refused creation left behind, of which nobody said that nothing is there. Instances
   * of earlier versions remember only through which ProviderConfig, and that counts until they have
   * seen their machine.
   */
  static boolean elsewhere(Situation situation) {
    Managed managed = situation.managed();
    CreationRecord creation = managed.creation();
    boolean made =
        managed.externalName().isPresent()
            || creation.uncertain()
            || creation.removing().isPresent()
            || creation.lateUntil().isPresent();
    return made
        && managed
            .annotation(Annotations.ACCOUNT)
            .map(account -> !account.equals(situation.account()))
            .orElseGet(() -> managed.formerConfig().isPresent());
  }

  /** Another machine with our mark is no substitute for one that is known to be elsewhere. */
  static Optional<Step> whenNamedElsewhere(Situation situation) {
    Managed managed = situation.managed();
    boolean known =
        managed.externalName().isPresent() || managed.annotation(Annotations.ACCOUNT).isPresent();
    return known && elsewhere(situation)
        ? Optional.of(refusal(situation, Reason.Unavailable))
        : Optional.empty();
  }

  /** Why nothing is done; the cure is to lead back, or to give the machine up. */
  static Step refusal(Situation situation, Reason ready) {
    String problem = problem(situation);
    return new Step.Rest(
        Conclusion.of(Verdict.no(ready, problem), Verdict.no(Reason.InvalidConfiguration, problem))
            .and(Notice.warning("CannotObserveExternalResource", problem)),
        new Wait.Poll(situation.pace().pollOf(situation.managed())));
  }

  private static String problem(Situation situation) {
    Managed managed = situation.managed();
    CreationRecord creation = managed.creation();
    Optional<String> id = managed.externalName().or(creation::removing);
    boolean machine =
        id.isPresent()
            || creation.uncertain()
            || creation.mayGiveAnother(situation.pace().late(), situation.now());
    String what =
        machine
            ? id.map(name -> "machine " + name).orElse("a machine")
            : "a port, address or key pair of a refused creation";
    String given = machine ? "the machine" : "it";
    boolean sure = id.isPresent();
    Optional<String> account = managed.annotation(Annotations.ACCOUNT);
    Optional<String> former = managed.formerConfig();
    if (account.isEmpty()) {
      return "%s %s made through %s, and %s does not show it; name the former in spec.providerConfigRef, or remove annotation %s to give %s up"
          .formatted(
              what,
              sure ? "was" : "may have been",
              former.orElse(""),
              managed.config(),
              Annotations.CONFIG,
              given);
    }
    String leads =
        "%s %s in account %s, and %s leads to %s"
            .formatted(
                what, sure ? "is" : "may be", account.get(), managed.config(), situation.account());
    return former
        .map(config ->
            "%s; name %s in spec.providerConfigRef again, or remove annotations %s and %s to give %s up"
                .formatted(leads, config, Annotations.ACCOUNT, Annotations.CONFIG, given))
        .orElseGet(() ->
            "%s; give it back its former credentials, or remove annotation %s to give %s up"
                .formatted(leads, Annotations.ACCOUNT, given));
  }
}
