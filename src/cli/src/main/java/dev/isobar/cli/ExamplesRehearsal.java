package dev.isobar.cli;

import dev.isobar.cli.call.FunctionChannel;
import dev.isobar.cli.input.Flavour;
import dev.isobar.cli.input.Input;
import dev.isobar.cli.input.InputFiles;
import dev.isobar.cli.input.InputReading;
import dev.isobar.cli.render.Core;
import dev.isobar.packaging.CannotPackage;
import dev.isobar.packaging.runtime.Rehearsal;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Has a function answer for examples, again and again.
 *
 * @param checkout of this project
 */
public record ExamplesRehearsal(Path checkout) implements Rehearsal {
  /** One for each cloud and kind. */
  private static final List<String> STORIES =
      List.of("openstack-gpu-lab", "openstack-ready", "ec2-gpu-lab", "gpu-workspace");

  /** Enough for what is called often to be known as such. */
  private static final int ROUNDS = 40;

  @Override
  public void play(String address, Path certificates) {
    try (FunctionChannel function = FunctionChannel.secure(address, certificates)) {
      for (String story : STORIES) {
        Path folder = checkout.resolve("examples").resolve(story);
        List<Path> claim = List.of(folder.resolve("claim.yaml"), folder.resolve("cloud.yaml"));
        Input input =
            InputReading.read(InputFiles.find(claim, List.of()), Optional.empty(), Flavour.CLAIMS);
        for (int round = 0; round < ROUNDS; round++) {
          var _ = new Core(input, Flavour.CLAIMS, function).render();
        }
      }
    } catch (IOException unreadable) {
      throw new CannotPackage("cannot rehearse the function", unreadable);
    }
  }
}
