package dev.isobar.testbed.openstack;

import dev.isobar.testbed.cache.Folders;
import dev.isobar.testbed.cache.Kept;
import dev.isobar.testbed.process.LeftProcesses;
import dev.isobar.testbed.process.Processes;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * Databases with everything that is in the cloud before anybody uses it. Making them takes a
 * minute; they are kept in the user's cache, by our sources and the packages' versions, and copied
 * for every start.
 */
final class PreparedState {
  /** Names and ids of what is in the cloud. */
  static final String THINGS = "things.txt";

  private final Path sources;
  private final Kept kept;

  PreparedState(Path sources, Path cache) {
    this.sources = sources;
    kept = new Kept(cache);
  }

  /** The folder of the databases; made now if it is not there yet. */
  Path folder(String packages) {
    return kept.get(packages + Kept.words(sources), this::make);
  }

  private Path make(Path folder) {
    System.err.println("isobar: making the databases of OpenStack; this takes a minute or two");
    LeftProcesses.read(folder.resolve(Layout.NOTE)).end();
    Folders.delete(folder);
    Layout layout = Layout.in(sources, folder, Duration.ofHours(1));
    layout.configure();
    try (Processes processes = new Processes(layout.logs(), layout.note())) {
      Services services = new Services(layout, processes);
      services.install();
      services.startOthers();
      services.fill("identity", layout.portWords());
      services.startNova();
      services.ask("things", keystone(layout), layout.state().resolve(THINGS));
    }
    return folder.resolve("state");
  }

  static List<String> keystone(Layout layout) {
    return layout.portWords().subList(0, 1);
  }
}
