package dev.isobar.testbed.plane;

import dev.isobar.testbed.apiserver.ApiServer;
import dev.isobar.testbed.build.Paper;
import dev.isobar.testbed.build.Program;
import dev.isobar.testbed.build.Programs;
import dev.isobar.testbed.cache.Folders;
import dev.isobar.testbed.cache.Kept;
import dev.isobar.testbed.controller.Controller;
import dev.isobar.testbed.controller.Controllers;
import dev.isobar.testbed.crossplane.Core;
import dev.isobar.testbed.install.Publication;
import dev.isobar.testbed.process.CannotRun;
import dev.isobar.testbed.process.LeftProcesses;
import dev.isobar.testbed.process.Processes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;
import java.util.stream.Stream;

/**
 * What etcd keeps when core and the kinds of its neighbours are installed. That costs an API server
 * twenty seconds of its processor, and one that finds it there five; so it is done once for the
 * programs and papers of a checkout, kept in the user's cache, and copied for every start.
 */
public final class PreparedEtcd {
  /** Its folder in the cache of programs. */
  public static final String FOLDER = "installed";

  /** Other code may install other things, or otherwise. */
  private static final List<Class<?>> MAKERS =
      List.of(
          PreparedEtcd.class,
          ApiServer.class,
          Controller.class,
          Controllers.class,
          Core.class,
          Publication.class);

  private final Programs programs;

  PreparedEtcd(Programs programs) {
    this.programs = programs;
  }

  /** The data of an etcd, made now if it is not there yet. */
  Path folder(Options options) {
    var words = new StringJoiner(" ").add(Kept.words(MAKERS));
    words.add(String.valueOf(options.theirs())).add(String.valueOf(options.amazon()));
    words.add(options.activations().toString());
    Stream.of(Program.ETCD, Program.KUBE_APISERVER, Program.CROSSPLANE_CORE)
        .map(programs::of)
        .forEach(file -> words.add(name(file)));
    Stream.of(Paper.values()).map(programs::of).forEach(file -> words.add(name(file)));
    return new Kept(programs.cache().resolve(FOLDER))
        .get(words.toString(), folder -> make(options, folder));
  }

  /** Ends what makers left running that were killed, in a cache of programs. */
  public static void endLeft(Path cache) {
    LeftProcesses.endBelow(cache.resolve(FOLDER), ControlPlane.NOTE);
  }

  /** In the cache, a folder's name has a hash over what it was built from. */
  private String name(Path file) {
    Path cache = programs.cache();
    if (file.startsWith(cache)) {
      return cache.relativize(file).toString();
    }
    try {
      return file + " " + Files.size(file) + " " + Files.getLastModifiedTime(file);
    } catch (IOException unreadable) {
      throw new CannotRun("cannot read " + file, unreadable);
    }
  }

  private Path make(Options options, Path folder) {
    System.err.println(
        "isobar: installing core and the kinds of its neighbours, once; this takes half a minute");
    Path note = folder.resolve(ControlPlane.NOTE);
    LeftProcesses.read(note).end();
    Folders.delete(folder);
    Path kubernetes = folder.resolve("kubernetes");
    try (Processes processes = new Processes(folder.resolve("logs"), note);
        ApiServer server = ApiServer.start("", programs, processes, kubernetes)) {
      Publication.of(kinds(options)).installKinds(server.kubernetes());
      Core.install(
          server, programs, processes, folder.resolve("crossplane"), options.activations());
    }
    return ApiServer.etcd(kubernetes);
  }

  /** All at once: the API server's work for each is the same, and waiting is not added up. */
  private List<Publication> kinds(Options options) {
    List<Publication> all = new ArrayList<>();
    all.add(Core.kinds(programs));
    if (options.theirs()) {
      all.addAll(Controllers.kinds(programs, options.amazon()));
    }
    return all;
  }
}
