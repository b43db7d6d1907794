package dev.isobar.provider.decide;

import static dev.isobar.provider.decide.Scene.HERE;
import static dev.isobar.provider.decide.Scene.NOW;
import static dev.isobar.provider.decide.Scene.machine;

import dev.isobar.apis.compute.InstanceObservation.State;
import java.util.Optional;
import java.util.stream.Stream;

/** Better than any row: the account that is looked into is not the one where the machine is. */
final class WhereaboutsTest extends DecisionTable {
  private static final String AWAY = "Fake/away/2";
  private static final String FORMER = "ProviderConfig/former";
  private static final Step RECREATION = new Step.Begin(2, SMALL, Optional.empty());

  static Stream<Row> rows() {
    return Stream.of(remembering(), making(), leaving(), earlier()).flatMap(rows -> rows);
  }

  /** Where a machine is seen. */
  private static Stream<Row> remembering() {
    return Stream.of(
        row(
            "better",
            "an import, or the work of an earlier version, is remembered where it is seen first",
            there(State.Running).withoutPlace(),
            new Step.Locate()),
        row(
            "better",
            "by who only looks as well: it may come to do more",
            there(State.Running).withoutPlace().policies("Observe"),
            new Step.Locate()),
        row(
            "better",
            "another config of the same account, which becomes the one that must stay",
            there(State.Running).annotated(Annotations.CONFIG, FORMER),
            new Step.Locate()),
        row(
            "better",
            "what is seen there is there, whatever was remembered: a region got another name",
            there(State.Running).in(AWAY),
            new Step.Locate()),
        row(
            "better",
            "what was missing and is shown again is there",
            there(State.Running).annotated(Annotations.MISSING_SINCE, NOW.toString()),
            new Step.Locate()),
        refused(
            "what another account does not show is not missing there",
            new Scene()
                .made("m-1", 600)
                .showing(Scene.facts("m-1", State.Running))
                .in(AWAY)
                .finalized()
                .nothing()
                .prepared(),
            "machine m-1 is in account Fake/away/2, and ClusterProviderConfig/default leads to"
                + " Fake/here/1; give it back its former credentials, or remove"
                + " annotation isobar.dev/account to give the machine up"),
        rest(
            "better",
            "another password of the same account: nothing happens",
            there(State.Running).in(HERE),
            "True/Available",
            "True/ReconcileSuccess",
            "",
            POLL));
  }

  private static Stream<Row> making() {
    return Stream.of(
        refused(
            "the Secret leads to another account: a second machine would be made",
            new Scene().made("m-1", 600).in(AWAY).finalized().nothing().prepared(),
            "machine m-1 is in account Fake/away/2, and ClusterProviderConfig/default leads to"
                + " Fake/here/1; give it back its former credentials, or remove"
                + " annotation isobar.dev/account to give the machine up"),
        refused(
            "another config leads to another account",
            new Scene()
                .made("m-1", 600)
                .in(AWAY)
                .annotated(Annotations.CONFIG, FORMER)
                .finalized()
                .nothing()
                .prepared(),
            "machine m-1 is in account Fake/away/2, and ClusterProviderConfig/default leads to"
                + " Fake/here/1; name ProviderConfig/former in spec.providerConfigRef again, or"
                + " remove annotations isobar.dev/account and isobar.dev/provider-config to give"
                + " the machine up"),
        refused(
            "who only looks is told so, and not that there is none",
            new Scene().made("m-1", 600).in(AWAY).policies("Observe").nothing(),
            "machine m-1 is in account Fake/away/2, and ClusterProviderConfig/default leads to"
                + " Fake/here/1; give it back its former credentials, or remove"
                + " annotation isobar.dev/account to give the machine up"),
        refused(
            "a request of unknown outcome may have made one there",
            new Scene().begun(600).in(AWAY).finalized().nothing().prepared(),
            "a machine may be in account Fake/away/2, and ClusterProviderConfig/default leads"
                + " to Fake/here/1; give it back its former credentials, or remove"
                + " annotation isobar.dev/account to give the machine up"),
        refused(
            "so may one whose place a later, refused request took",
            failed()
                .annotated(Annotations.LATE_UNTIL, NOW.plusSeconds(1).toString())
                .nothing()
                .prepared(),
            "a machine may be in account Fake/away/2, and ClusterProviderConfig/default leads"
                + " to Fake/here/1; give it back its former credentials, or remove"
                + " annotation isobar.dev/account to give the machine up"),
        refused(
            "one that never ran may not be gone yet",
            failed().annotated(Annotations.REMOVING, "m-1").nothing().prepared(),
            "machine m-1 is in account Fake/away/2, and ClusterProviderConfig/default leads to"
                + " Fake/here/1; give it back its former credentials, or remove"
                + " annotation isobar.dev/account to give the machine up"),
        refused(
            "another machine with our mark, of an earlier stay, is no substitute",
            new Scene().made("m-1", 600).in(AWAY).finalized().seeing(machine("m-2", State.Running)),
            "machine m-1 is in account Fake/away/2, and ClusterProviderConfig/default leads to"
                + " Fake/here/1; give it back its former credentials, or remove"
                + " annotation isobar.dev/account to give the machine up"),
        refused(
            "a refused one may have left a port there",
            failed().annotated(Annotations.LATE_UNTIL, NOW.toString()).nothing().prepared(),
            "a port, address or key pair of a refused creation may be in account Fake/away/2,"
                + " and ClusterProviderConfig/default leads to Fake/here/1; give it back its former"
                + " credentials, or remove annotation isobar.dev/account to give it up"),
        refused(
            "also through another config",
            failed()
                .annotated(Annotations.LATE_UNTIL, NOW.toString())
                .annotated(Annotations.CONFIG, FORMER)
                .nothing()
                .prepared(),
            "a port, address or key pair of a refused creation may be in account Fake/away/2, and"
                + " ClusterProviderConfig/default leads to Fake/here/1; name ProviderConfig/former"
                + " in spec.providerConfigRef again, or remove annotations isobar.dev/account and"
                + " isobar.dev/provider-config to give it up"),
        row(
            "better",
            "every creation was refused there and left nothing, so the next one may be here",
            failed().nothing().prepared(),
            RECREATION),
        row(
            "21 better",
            "the same account through another config, and the machine is gone",
            new Scene()
                .made("m-1", 600)
                .annotated(Annotations.CONFIG, FORMER)
                .finalized()
                .nothing()
                .prepared(),
            RECREATION),
        row(
            "better",
            "it was given up by hand",
            new Scene().made("m-1", 600).withoutPlace().finalized().nothing().prepared(),
            RECREATION));
  }

  private static Stream<Row> leaving() {
    String words =
        "machine m-1 is in account Fake/away/2, and ClusterProviderConfig/default leads to"
            + " Fake/here/1; give it back its former credentials, or remove annotation"
            + " isobar.dev/account to give the machine up";
    return Stream.of(
        rest(
            "18 better",
            "a machine in another account must not be left behind",
            new Scene().made("m-1", 600).in(AWAY).finalized().deleting().nothing(),
            "False/Deleting: " + words,
            "False/InvalidConfiguration: " + words,
            "CannotObserveExternalResource",
            POLL),
        row(
            "17 better",
            "where it is seen is remembered first, because nobody could tell once it is gone",
            there(State.Running).in(AWAY).deleting(),
            new Step.Locate()),
        row(
            "18 better",
            "it was given up by hand",
            new Scene().made("m-1", 600).withoutPlace().finalized().deleting().nothing(),
            new Step.Release()));
  }

  /** Instances of earlier versions know no account, only through which config. */
  private static Stream<Row> earlier() {
    Scene former =
        new Scene()
            .made("m-1", 600)
            .withoutPlace()
            .annotated(Annotations.CONFIG, FORMER)
            .finalized();
    String words =
        "machine m-1 was made through ProviderConfig/former, and ClusterProviderConfig/default does"
            + " not show it; name the former in spec.providerConfigRef, or remove annotation"
            + " isobar.dev/provider-config to give the machine up";
    return Stream.of(
        refused("another config does not show it", former.nothing().prepared(), words),
        refused(
            "nor a machine of which nobody knows whether it was made",
            new Scene()
                .begun(600)
                .withoutPlace()
                .annotated(Annotations.CONFIG, FORMER)
                .finalized()
                .nothing()
                .prepared(),
            words.replace("machine m-1 was made", "a machine may have been made")),
        row(
            "17 better",
            "another config shows it, though a creation there is not settled",
            new Scene()
                .begun(600)
                .withoutPlace()
                .annotated(Annotations.CONFIG, FORMER)
                .finalized()
                .deleting()
                .seeing(machine("m-1", State.Running)),
            new Step.Name("m-1")));
  }

  /** A creation that gave no machine for certain, elsewhere. */
  private static Scene failed() {
    return new Scene()
        .begun(600)
        .annotated(Annotations.CREATION_SETTLED, "1")
        .annotated(Annotations.CREATE_FAILED, NOW.minusSeconds(598).toString())
        .in(AWAY)
        .finalized();
  }

  private static Row refused(String reason, Scene scene, String words) {
    return rest(
        "21 better",
        reason,
        scene,
        "False/Unavailable: " + words,
        "False/InvalidConfiguration: " + words,
        "CannotObserveExternalResource",
        POLL);
  }
}
