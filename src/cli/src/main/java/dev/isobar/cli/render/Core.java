package dev.isobar.cli.render;

import dev.isobar.apis.tree.Tree;
import dev.isobar.cli.call.Conversation;
import dev.isobar.cli.call.FunctionChannel;
import dev.isobar.cli.call.Outcome;
import dev.isobar.cli.call.Question;
import dev.isobar.cli.input.Composite;
import dev.isobar.cli.input.Flavour;
import dev.isobar.cli.input.Input;
import dev.isobar.function.contract.Condition;
import java.util.List;

/** Crossplane's core, for a single reconcile of each composite and a pipeline of one step. */
public final class Core {
  private final Input input;
  private final Flavour flavour;
  private final World world;
  private final Observations observations;
  private final Conversation conversation;

  /**
   * A core that knows what was handed in.
   *
   * @throws dev.isobar.cli.yaml.InputRejected when what is observed contradicts itself
   */
  public Core(Input input, Flavour flavour, FunctionChannel function) {
    this.input = input;
    this.flavour = flavour;
    world = new World(input);
    observations = new Observations(input);
    conversation = new Conversation(function, world);
  }

  /** What is doubtful about what is observed, one a line. */
  public List<String> warnings() {
    return observations.leftOut();
  }

  /** Renders every composite; later ones see the status of earlier ones. */
  public List<Rendering> render() {
    return input.composites().stream().map(this::render).toList();
  }

  private Rendering render(Composite composite) {
    try {
      return switch (settled(composite)) {
        case Outcome.Desired desired -> done(composite, desired);
        case Outcome.Refused(String message) -> new Rendering.Rejected(composite.words(), message);
        case Outcome.Broken(String message) -> new Rendering.Failed(composite.words(), message);
      };
    } catch (Unappliable unappliable) {
      return new Rendering.Failed(composite.words(), String.valueOf(unappliable.getMessage()));
    }
  }

  /**
   * The outcome once every observed object is recognized.
   *
   * <p>The first answer tells the names of what the function wants. What exists under such a name
   * is observed, so the function is asked again; it may then want more, by which more may be
   * recognized.
   */
  private Outcome settled(Composite composite) {
    while (true) {
      Outcome outcome = conversation.ask(question(composite));
      if (!(outcome instanceof Outcome.Desired desired)
          || !observations.recognize(composite, applied(composite, desired))) {
        return outcome;
      }
    }
  }

  private Question question(Composite composite) {
    return new Question(
        composite.object(),
        observations.of(composite),
        input.settings().of(composite.identity().kind()));
  }

  private List<Applied> applied(Composite composite, Outcome.Desired desired) {
    return desired.resources().entrySet().stream()
        .map(resource ->
            Applied.of(
                composite,
                flavour,
                resource.getKey(),
                resource.getValue(),
                Tree.of(observations.of(composite).get(resource.getKey()))))
        .toList();
  }

  private Rendering done(Composite composite, Outcome.Desired desired) {
    List<Condition> conditions = Statuses.conditions(composite, desired);
    Composite updated = composite.withStatus(Statuses.status(desired, conditions));
    world.put(updated);
    return new Rendering.Done(
        updated,
        applied(composite, desired),
        conditions,
        desired.events(),
        new DescribedGpus(world).of(composite));
  }
}
