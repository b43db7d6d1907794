package dev.isobar.testbed.openstack;

import dev.isobar.testbed.cache.Folders;
import dev.isobar.testbed.debian.DebianPackages;
import dev.isobar.testbed.openstack.Layout.Part;
import dev.isobar.testbed.plane.Project;
import dev.isobar.testbed.process.CannotRun;
import dev.isobar.testbed.process.LeftProcesses;
import dev.isobar.testbed.process.Processes;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * An OpenStack on the loopback: real services, databases in files, no message broker, a hypervisor
 * without guests, no volumes. There are flavors (with GPUs too) and an image, and projects {@code
 * lab} and {@code chaos}, each with a member, a network and a way outside.
 */
public final class OpenStackCloud implements Closeable {
  private final Layout layout;
  private final Processes processes;
  private final Map<String, String> things;

  private OpenStackCloud(Layout layout, Processes processes, Map<String, String> things) {
    this.layout = layout;
    this.processes = processes;
    this.things = things;
  }

  /**
   * Starts one.
   *
   * @param cache where prepared databases are kept
   * @param folder for everything that is written, deleted first
   * @throws CannotRun when something is missing, with what to do
   */
  public static OpenStackCloud start(Project project, Path cache, Path folder) {
    Path sources = project.root().resolve("src/testbed/openstack");
    endLeft(folder);
    Folders.delete(folder);
    Layout layout = Layout.in(sources, folder, Duration.ofHours(1));
    String packages =
        new DebianPackages(
                "the OpenStack of the tests", lines(sources.resolve("packages.txt")), layout.logs())
            .require();
    Path prepared = new PreparedState(sources, cache.resolve("openstack")).folder(packages);
    Folders.delete(layout.state());
    Folders.copy(prepared, layout.state());
    layout.configure();
    Processes processes = new Processes(layout.logs(), layout.note());
    try {
      Services services = new Services(layout, processes);
      List<String> place = new ArrayList<>();
      place.add(layout.state().toString());
      place.addAll(layout.portWords());
      services.fill("move", place);
      services.startOthers();
      services.startNova();
      services.fill("ready", PreparedState.keystone(layout));
      return new OpenStackCloud(layout, processes, things(layout));
    } catch (CannotRun cannot) {
      processes.close();
      throw cannot;
    }
  }

  /** Ends what the last run started, when it was killed before it could. */
  private static void endLeft(Path folder) {
    LeftProcesses left = LeftProcesses.read(folder.resolve(Layout.NOTE));
    if (left.attended()) {
      throw new CannotRun("another run uses " + folder + "; wait for its end");
    }
    left.end();
  }

  private static Map<String, String> things(Layout layout) {
    Map<String, String> things = new TreeMap<>();
    for (String line : lines(layout.state().resolve(PreparedState.THINGS))) {
      String[] words = line.split(" ", 2);
      things.put(words[0], words[1]);
    }
    return things;
  }

  private static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file);
    } catch (IOException unreadable) {
      throw new CannotRun("cannot read " + file, unreadable);
    }
  }

  /** The id of a thing: image, outside; network, subnet and project of lab; network-of-chaos. */
  public String id(String thing) {
    return things.getOrDefault(thing, "");
  }

  /** Address of a service: keystone, nova, neutron or glance. */
  public String address(String service) {
    Part part = Part.valueOf(service.toUpperCase(Locale.ROOT));
    return "http://127.0.0.1:" + layout.port(part);
  }

  /** Credentials of project lab's only member, as entry lab. */
  public String cloudsYaml() {
    return cloudsYaml("lab");
  }

  /** Credentials of a project's only member, as entry of its name. */
  public String cloudsYaml(String project) {
    return """
    clouds:
      %1$s:
        auth:
          auth_url: %2$s/v3
          username: %1$s
          password: %1$s
          project_name: %1$s
          user_domain_name: Default
          project_domain_name: Default
        region_name: RegionOne
    """
        .formatted(project, address("keystone"));
  }

  /** Where its logs are. */
  public Path logs() {
    return layout.logs();
  }

  @Override
  public void close() {
    processes.close();
  }
}
