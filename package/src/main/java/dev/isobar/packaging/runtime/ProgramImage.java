package dev.isobar.packaging.runtime;

import dev.isobar.packaging.oci.BlobStore;
import dev.isobar.packaging.oci.Execution;
import dev.isobar.packaging.oci.FileTree;
import dev.isobar.packaging.oci.Layer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What images of our programs are made of. The layers that change least are lowest, and the two
 * lowest are the same for all, so that nodes fetch and keep them once.
 */
public final class ProgramImage {
  private final CLibrary.Unpacked library;
  private final Path checkout;
  private final Path workshop;
  private final BlobStore store;
  private final FileTree runtime;
  private final List<Layer> below;

  private ProgramImage(
      CLibrary.Unpacked library,
      Path checkout,
      Path workshop,
      BlobStore store,
      FileTree runtime,
      List<Layer> below) {
    this.library = library;
    this.checkout = checkout;
    this.workshop = workshop;
    this.store = store;
    this.runtime = runtime;
    this.below = below;
  }

  /**
   * Makes the layers that all programs have.
   *
   * @param runtime what {@link JavaRuntime} linked
   * @param checkout of this project, built
   * @param workshop a folder for what is in between
   */
  public static ProgramImage on(
      CLibrary.Unpacked library, FileTree runtime, Path checkout, Path workshop, BlobStore store)
      throws IOException {
    String system =
        library.distribution().words() + "'s " + library.name() + ", user " + CLibrary.USER;
    List<Layer> below =
        List.of(
            store.layer(system, library.files()),
            store.layer("Java " + Runtime.version(), runtime));
    return new ProgramImage(library, checkout, workshop, store, runtime, below);
  }

  /**
   * All layers of a program, and how it is run. Arguments of a container come behind what the entry
   * point has, so flags of the program can be given as such; core gives none.
   *
   * @param rehearsal of the function, for its cache; the provider has none
   */
  public Program of(
      ShippedProgram program, Optional<Rehearsal> rehearsal, Map<String, String> labels)
      throws IOException {
    ClassPath path = ClassPath.of(checkout, program).plain(store.time(), workshop);
    var layers = new ArrayList<>(below);
    layers.add(store.layer("libraries of " + program.artifact(), path.libraries()));
    layers.add(store.layer(program.artifact(), path.ours()));
    var entrypoint = new ArrayList<String>();
    entrypoint.add("/" + JavaRuntime.PLACE + "/bin/java");
    if (program == ShippedProgram.FUNCTION && rehearsal.isPresent()) {
      AotCache cache = AotCache.train(path, runtime, store.time(), workshop, rehearsal.get());
      layers.add(
          store.layer("its cache of classes", new FileTree().plain(cache.place(), cache.file())));
      entrypoint.add(cache.flag());
    }
    entrypoint.add("@" + ClassPath.startFile());
    String user = CLibrary.USER + ":" + CLibrary.USER;
    var execution = new Execution(user, entrypoint, program.ports(), labels);
    return new Program(layers, execution, components(path));
  }

  private List<Component> components(ClassPath path) throws IOException {
    var components = new ArrayList<Component>();
    components.add(Component.of(library));
    components.add(Component.ofRuntime(Runtime.version()));
    for (Path jar : path.others()) {
      components.add(Component.of(jar));
    }
    return components;
  }

  /**
   * What an image is made of.
   *
   * @param layers the lowest first
   * @param execution how they are run
   * @param components what is in them that others made
   */
  public record Program(List<Layer> layers, Execution execution, List<Component> components) {
    /** Copies. */
    public Program {
      layers = List.copyOf(layers);
      components = List.copyOf(components);
    }

    /** Nothing that runs. */
    public static Program none(Map<String, String> labels) {
      return new Program(List.of(), Execution.none(labels), List.of());
    }
  }
}
