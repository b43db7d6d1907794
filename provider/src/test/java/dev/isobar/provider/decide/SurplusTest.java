package dev.isobar.provider.decide;

import static dev.isobar.provider.decide.Scene.NOW;
import static dev.isobar.provider.decide.Scene.machine;

import dev.isobar.apis.compute.InstanceObservation.Deviation;
import dev.isobar.apis.compute.InstanceObservation.State;
import dev.isobar.provider.external.Effect;
import dev.isobar.provider.external.ObservedMachine;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Machines too many, and machines that never ran. */
final class SurplusTest extends DecisionTable {
  static Stream<Row> rows() {
    return Stream.of(
        row(
            "better",
            "a machine too many is marked before it is removed",
            twins(61),
            new Step.MarkRemoval("m-2")),
        rest(
            "better",
            "one that somebody made with our tags is no machine of ours",
            copied(machine("m-1", State.Running)),
            "True/Available",
            "True/ReconcileSuccess: machine m-2 carries the mark of this Instance, which did not"
                + " make it; it is left alone: take its tag isobar-uid away",
            "LeftExternalResource",
            POLL),
        rest(
            "better",
            "of several always the same is told, in whichever order the cloud shows them",
            new Scene()
                .made("m-1", 600)
                .finalized()
                .seeing(
                    Scene.copied(machine("m-4", State.Running)),
                    machine("m-1", State.Running),
                    Scene.copied(machine("m-2", State.Running)),
                    Scene.copied(machine("m-3", State.Running))),
            "True/Available",
            "True/ReconcileSuccess: machine m-2 carries the mark of this Instance, which did not"
                + " make it; it is left alone: take its tag isobar-uid away",
            "LeftExternalResource",
            POLL),
        row(
            "better",
            "one of a creation before the annotations were taken away is",
            new Scene()
                .made("m-1", 600)
                .finalized()
                .seeing(
                    machine("m-1", State.Running),
                    Scene.madeBy(machine("m-2", State.Running, 61, Optional.empty()), 7)),
            new Step.MarkRemoval("m-2")),
        rest(
            "better",
            "where none is named, only a person can tell a copy from an import",
            new Scene().finalized().prepared().seeing(Scene.copied(machine("m-2", State.Running))),
            "False/Unavailable",
            "False/InvalidConfiguration: machine m-2 carries the mark of this Instance, which names"
                + " no machine and did not make that one; name it in annotation"
                + " crossplane.io/external-name if it shall be this Instance's, or take its tag"
                + " isobar-uid away, and another is made",
            "CannotObserveExternalResource",
            POLL),
        row(
            "better",
            "an import that came to carry our mark is ours from then on, which is stored",
            imported("m-1").seeing(Scene.copied(machine("m-1", State.Running))),
            new Step.Adopt("m-1")),
        row(
            "better",
            "before it is given up, or it would be nobody's",
            imported("m-1")
                .seeing(Scene.copied(machine("m-1", State.Error, 60, Optional.of(CAPACITY)))),
            new Step.Adopt("m-1")),
        rest(
            "better",
            "once",
            imported("m-1")
                .annotated(Annotations.ADOPTED, "m-1")
                .seeing(Scene.copied(machine("m-1", State.Running))),
            "True/Available",
            "True/ReconcileSuccess",
            "",
            POLL),
        rest(
            "better",
            "and not by who only looks",
            imported("m-1").policies("Observe").seeing(Scene.copied(machine("m-1", State.Running))),
            "True/Available",
            "True/ReconcileSuccess",
            "",
            POLL),
        row(
            "better",
            "a name that was mistyped afterwards leads back to it",
            imported("m-9")
                .annotated(Annotations.ADOPTED, "m-1")
                .prepared()
                .seeing(Scene.copied(machine("m-1", State.Running))),
            new Step.Name("m-1")),
        row(
            "better",
            "one that was hidden too long is one too many when it is shown again",
            imported("m-2")
                .annotated(Annotations.ADOPTED, "m-1")
                .seeing(
                    Scene.madeBy(machine("m-2", State.Running), 1),
                    Scene.copied(machine("m-1", State.Running))),
            new Step.MarkRemoval("m-1")),
        rest(
            "better",
            "whoever names a copy beside its own machine may have mistyped it",
            imported("m-2")
                .seeing(
                    Scene.copied(machine("m-2", State.Running)),
                    Scene.madeBy(machine("m-1", State.Running), 1)),
            "False/Unavailable",
            "False/InvalidConfiguration: observe failed: annotation crossplane.io/external-name"
                + " names machine m-2, but machine m-1 is this Instance's own; correct the"
                + " annotation, or delete machine m-1 with the cloud's own tools (next try within a"
                + " minute)",
            "CannotObserveExternalResource",
            BACKOFF),
        rest(
            "better",
            "also beside one that was adopted, which stays so",
            imported("m-2")
                .annotated(Annotations.ADOPTED, "m-1")
                .seeing(
                    Scene.copied(machine("m-2", State.Running)),
                    Scene.copied(machine("m-1", State.Running))),
            "False/Unavailable",
            "False/InvalidConfiguration",
            "CannotObserveExternalResource",
            BACKOFF),
        row(
            "better",
            "a copy is no substitute for a machine that is gone",
            new Scene()
                .made("m-1", 600)
                .finalized()
                .prepared()
                .seeing(Scene.copied(machine("m-2", State.Running))),
            new Step.Begin(2, SMALL, Optional.empty())),
        rest(
            "better",
            "who imported a machine and names another one may have mistyped it as well",
            copied(Scene.marked(machine("m-1", State.Running), Optional.empty())),
            "False/Unavailable",
            "False/InvalidConfiguration: observe failed: annotation crossplane.io/external-name"
                + " names machine m-1, but machine m-2 carries the mark of this Instance, which did"
                + " not make that one; name machine m-2 if it shall be this Instance's, or take its"
                + " tag isobar-uid away (next try within a minute)",
            "CannotObserveExternalResource",
            BACKOFF),
        row(
            "better",
            "a copy keeps nobody's own machine from getting back a mark that it lost",
            unmarked(1),
            new Step.Update(List.of(TAGS))),
        row(
            "better",
            "nor an adopted one",
            unmarked(7000).annotated(Annotations.ADOPTED, "m-1"),
            new Step.Update(List.of(TAGS))),
        row(
            "better",
            "and removed once it is marked",
            twins(61).annotated(Annotations.REMOVING, "m-2"),
            new Step.Delete(List.of("m-2"))),
        row(
            "better",
            "a machine too many goes before the Secret is written, which may fail",
            twins(61).publishing(),
            new Step.MarkRemoval("m-2")),
        row(
            "better",
            "and although nobody can tell in what the one that stays differs",
            uncompared(
                machine("m-1", State.Running), machine("m-2", State.Running, 61, Optional.empty())),
            new Step.MarkRemoval("m-2")),
        row(
            "better",
            "one that cannot be removed holds up no other",
            uncompared(
                    machine("m-1", State.Running),
                    machine("m-2", State.Running, 61, Optional.empty()),
                    machine("m-3", State.Running, 61, Optional.empty()))
                .annotated(Annotations.REMOVING, "m-2")
                .hindered(new Setback.NotRemoved("m-2", SILENT))
                .after(new Happening.Deleted(List.of("m-2"), new Effect.Failed(SILENT))),
            new Step.MarkRemoval("m-3")),
        row(
            "better",
            "nor the Secret",
            twins(61)
                .publishing()
                .annotated(Annotations.REMOVING, "m-2")
                .hindered(new Setback.NotRemoved("m-2", SILENT))
                .after(new Happening.Deleted(List.of("m-2"), new Effect.Failed(SILENT))),
            new Step.Publish(Map.of("endpoint", "10.0.0.1"))),
        rest(
            "better",
            "and is told",
            twins(61)
                .annotated(Annotations.REMOVING, "m-2")
                .hindered(new Setback.NotRemoved("m-2", SILENT))
                .after(new Happening.Deleted(List.of("m-2"), new Effect.Failed(SILENT))),
            "True/Available",
            "False/CloudUnreachable: cannot remove machine m-2: no answer within 60 s (next try"
                + " within a minute)",
            "CannotDeleteExternalResource",
            BACKOFF),
        rest(
            "better",
            "a removal that was taken does not hide that ours is off",
            new Scene()
                .made("m-1", 600)
                .finalized()
                .seeing(
                    machine("m-1", State.Stopped),
                    machine("m-2", State.Running, 61, Optional.empty()))
                .annotated(Annotations.REMOVING, "m-2")
                .after(new Happening.Deleted(List.of("m-2"), new Effect.Accepted())),
            "False/Unavailable",
            "True/ReconcileSuccess",
            "DeletedExternalResource",
            MOVING),
        rest(
            "better",
            "what no version of ours knows is left alone",
            there(State.Unknown),
            "False/Unavailable",
            "True/ReconcileSuccess",
            "",
            POLL),
        rest(
            "better",
            "a young one may be a racing twin's",
            twins(59),
            "True/Available",
            "True/ReconcileSuccess",
            "",
            MOVING),
        rest(
            "better",
            "a name that was edited costs no machine, and marks none, from which the other would"
                + " be one too many",
            renamed(State.Running, TAGS),
            "False/Unavailable",
            "False/InvalidConfiguration: observe failed: annotation crossplane.io/external-name"
                + " names machine m-2, but machine m-1 is this Instance's own; correct the"
                + " annotation, or delete machine m-1 with the cloud's own tools (next try within a"
                + " minute)",
            "CannotObserveExternalResource",
            BACKOFF),
        rest(
            "better",
            "who only looks may look at any",
            renamed(State.Running).policies("Observe"),
            "True/Available",
            "True/ReconcileSuccess",
            "",
            MOVING),
        row(
            "better",
            "once the other one goes, the one that is named is taken",
            renamed(State.Terminating, TAGS),
            new Step.Update(List.of(TAGS))),
        row(
            "better",
            "a machine that never ran is given up, and its offer with it",
            new Scene()
                .made("m-1", 600)
                .finalized()
                .seeing(machine("m-1", State.Error, 60, Optional.of(CAPACITY))),
            new Step.Discard("m-1", SMALL, CAPACITY, NOW)),
        row(
            "better",
            "what a lost request may still give is not given up with it",
            new Scene()
                .made("m-1", 600)
                .finalized()
                .annotated(Annotations.LATE_UNTIL, NOW.plusSeconds(100).toString())
                .seeing(machine("m-1", State.Error, 60, Optional.of(CAPACITY))),
            new Step.Discard("m-1", SMALL, CAPACITY, NOW.plusSeconds(100))),
        rest(
            "better",
            "but kept and shown where it may not be deleted",
            new Scene()
                .made("m-1", 600)
                .finalized()
                .policies("Observe", "Create", "Update")
                .seeing(machine("m-1", State.Error, 60, Optional.of(CAPACITY))),
            "False/Unavailable: the cloud reports ERROR: no host",
            "True/ReconcileSuccess",
            "",
            POLL),
        row(
            "better",
            "what was given up is deleted at once",
            removed()
                .seeing(machine("m-1", State.Error, 60, Optional.of(CAPACITY)))
                .after(new Happening.Discarded("m-1", CAPACITY)),
            new Step.Delete(List.of("m-1"))),
        row(
            "better",
            "also by who comes later",
            removed().seeing(machine("m-1", State.Error, 60, Optional.of(CAPACITY))),
            new Step.Delete(List.of("m-1"))),
        rest(
            "better",
            "but not once the policies forbid it",
            new Scene()
                .finalized()
                .policies("Observe")
                .annotated(Annotations.REMOVING, "m-1")
                .seeing(machine("m-1", State.Error, 60, Optional.of(CAPACITY))),
            "False/Unavailable",
            "False/ReconcileError: machine m-1 shall be removed, and spec.managementPolicies"
                + " [Observe] does not allow it; add Delete, or delete the machine by hand",
            "CannotDeleteExternalResource",
            POLL),
        rest(
            "better",
            "and must be gone before there is another",
            removed().seeing(machine("m-1", State.Terminating)),
            "False/Creating",
            "True/ReconcileSuccess",
            "",
            MOVING));
  }

  private static Scene uncompared(ObservedMachine... machines) {
    return new Scene()
        .made("m-1", 600)
        .finalized()
        .seeing(new View.Seen(Scene.HERE, List.of(machines), List.of()).uncompared(SILENT));
  }

  /** It names a machine that carries no mark, and has one that does. */
  private static Scene renamed(State own, Deviation... deviations) {
    ObservedMachine named = Scene.marked(machine("m-2", State.Running), Optional.empty());
    return new Scene()
        .made("m-2", 600)
        .finalized()
        .seeing(
            new View.Seen(Scene.HERE, List.of(named, machine("m-1", own)), List.of(deviations)));
  }

  /** Its machine lost the mark, which a copy of it carries. */
  private static Scene unmarked(long creation) {
    ObservedMachine own = Scene.madeBy(machine("m-1", State.Running), creation);
    ObservedMachine bare =
        new ObservedMachine(
            own.facts(),
            Optional.empty(),
            own.createdAt(),
            own.everRan(),
            own.fault(),
            own.connection(),
            own.madeBy());
    List<ObservedMachine> both = List.of(bare, Scene.copied(machine("m-2", State.Running)));
    return new Scene()
        .made("m-1", 600)
        .finalized()
        .seeing(new View.Seen(Scene.HERE, both, List.of(TAGS)));
  }

  /** It names a machine of which nothing tells that its creation made it. */
  private static Scene imported(String id) {
    return new Scene().made(id, 600).finalized();
  }

  /** Beside the named one there is an old one with a copy of our tags. */
  private static Scene copied(ObservedMachine named) {
    return new Scene()
        .made("m-1", 600)
        .finalized()
        .seeing(named, Scene.copied(machine("m-2", State.Running)));
  }

  private static Scene removed() {
    return new Scene().finalized().annotated(Annotations.REMOVING, "m-1");
  }

  private static Scene twins(long age) {
    return new Scene()
        .made("m-1", 600)
        .finalized()
        .seeing(
            machine("m-1", State.Running), machine("m-2", State.Running, age, Optional.empty()));
  }
}
