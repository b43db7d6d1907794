package dev.isobar.testbed.openstack;

import dev.isobar.testbed.openstack.Layout.Part;
import dev.isobar.testbed.process.Command;
import dev.isobar.testbed.process.LocalProcess;
import dev.isobar.testbed.process.Probe;
import dev.isobar.testbed.process.Processes;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** The processes of one OpenStack. */
final class Services {
  private static final Duration START = Duration.ofMinutes(5);
  private static final Duration RUN = Duration.ofMinutes(5);

  private static final Path PYTHON = Path.of("/usr/bin/python3");
  private static final Path UWSGI = Path.of("/usr/bin/uwsgi_python3");

  /** Newer ones have no server of their own. */
  private static final Path NEUTRON_WSGI =
      Path.of("/usr/lib/python3/dist-packages/neutron/wsgi/api.py");

  private final Layout layout;
  private final Processes processes;

  Services(Layout layout, Processes processes) {
    this.layout = layout;
    this.processes = processes;
  }

  /** Makes databases and keys; nothing runs yet. */
  void install() {
    Object keystone = layout.etc().resolve("keystone.conf");
    List<String> owner =
        List.of("--keystone-user", layout.owner(), "--keystone-group", layout.group());
    run(keystoneManage(keystone, "fernet_setup").with(owner));
    run(keystoneManage(keystone, "credential_setup").with(owner));
    run(keystoneManage(keystone, "db_sync"));
    String url = "http://127.0.0.1:" + layout.port(Part.KEYSTONE) + "/v3/";
    run(
        keystoneManage(keystone, "bootstrap")
            .with(List.of("--bootstrap-password", "admin", "--bootstrap-region-id", "RegionOne"))
            .with(List.of("--bootstrap-public-url", url, "--bootstrap-internal-url", url))
            .with(List.of("--bootstrap-admin-url", url)));
    run(
        Command.of("placement-manage", layout.folder(), Path.of("/usr/bin/placement-manage"))
            .with(List.of("--config-file", etc("placement.conf"), "db", "sync")));
    run(program("glance-manage", "glance.cmd.manage", "glance.conf").with(List.of("db_sync")));
    run(nova("api_db", "sync"));
    run(nova("cell_v2", "map_cell0", "--database_connection", database("nova_cell0")));
    run(nova("cell_v2", "create_cell", "--name", "cell1"));
    run(nova("db", "sync"));
    run(cloud("schemas").with(List.of(layout.state().toString())));
  }

  private Command keystoneManage(Object config, String step) {
    return Command.of(
        "keystone-manage",
        layout.folder(),
        Path.of("/usr/bin/keystone-manage"),
        "--config-file",
        config,
        step);
  }

  private Command nova(String... words) {
    return program("nova-manage", "nova.cmd.manage", "nova.conf").with(List.of(words));
  }

  private String database(String name) {
    return "sqlite:///" + layout.state().resolve(name + ".sqlite");
  }

  /** Starts everything but Nova and waits for it. */
  void startOthers() {
    LocalProcess keystone =
        start(
            uwsgi("keystone", Part.KEYSTONE, "/usr/bin/keystone-wsgi-public", 2)
                .with("OS_KEYSTONE_CONFIG_FILES", etc("keystone.conf")));
    LocalProcess placement =
        start(
            uwsgi("placement", Part.PLACEMENT, "/usr/bin/placement-api", 1)
                .with("OS_PLACEMENT_CONFIG_DIR", etc("placement")));
    LocalProcess glance = start(program("glance", "glance.cmd.api", "glance.conf"));
    LocalProcess neutron = start(neutron());
    await(keystone, Part.KEYSTONE, "/v3");
    await(placement, Part.PLACEMENT, "/");
    await(glance, Part.GLANCE, "/versions");
    await(neutron, Part.NEUTRON, "/");
  }

  private Command neutron() {
    return Files.exists(NEUTRON_WSGI)
        ? uwsgi("neutron", Part.NEUTRON, NEUTRON_WSGI.toString(), 1)
            .with("OS_NEUTRON_CONFIG_DIR", layout.etc())
            .with("OS_NEUTRON_CONFIG_FILES", "neutron.conf")
        : program("neutron", "neutron.cmd.eventlet.server", "neutron.conf");
  }

  /** Starts Nova and waits for it; its users and the others are there. */
  void startNova() {
    Command command =
        python("nova", "wholenova.py")
            .with(
                List.of(
                    layout.python().resolve("hypervisor").toString(),
                    "--config-file",
                    etc("nova.conf")));
    await(start(command), Part.NOVA, "/");
  }

  /** Runs a step of {@code cloud.py} to its end. */
  void fill(String step, List<String> arguments) {
    run(cloud(step).with(arguments));
  }

  /** Runs a step of {@code cloud.py} and keeps what it prints. */
  void ask(String step, List<String> arguments, Path result) {
    LocalProcess.startPrinting(
            cloud(step).with(arguments), result, layout.logs().resolve("cloud.log"))
        .awaitSuccess(RUN);
  }

  private Command cloud(String step) {
    return python("cloud", "cloud.py").with(List.of(step));
  }

  /** SQLite's connections stay in their thread, so there is one; keep-alive is not supported. */
  private Command uwsgi(String name, Part part, String file, int processes) {
    return ours(
        Command.of(name, layout.folder(), UWSGI, "--die-on-term", "--master", "--lazy-apps")
            .with(List.of("--enable-threads", "--buffer-size", "65535", "--need-app"))
            .with(List.of("--disable-logging", "--add-header", "Connection:close"))
            .with(List.of("--processes", String.valueOf(processes), "--threads", "1"))
            .with(List.of("--http-socket", "127.0.0.1:" + layout.port(part)))
            .with(List.of("--wsgi-file", file)));
  }

  private Command program(String name, String module, String config) {
    return python(name, "main.py").with(List.of(module, "--config-file", etc(config)));
  }

  private Command python(String name, String file) {
    return ours(Command.of(name, layout.folder(), PYTHON, layout.python().resolve(file)));
  }

  /** Debian's Python and nothing of the user's. */
  private Command ours(Command command) {
    return command
        .with("PATH", "/usr/sbin:/usr/bin:/sbin:/bin")
        .with("PYTHONPATH", layout.python())
        .with("PYTHONDONTWRITEBYTECODE", "1")
        .with("PYTHONWARNINGS", "ignore")
        .with("LC_ALL", "C.UTF-8");
  }

  private String etc(String name) {
    return layout.etc().resolve(name).toString();
  }

  private void run(Command command) {
    processes.run(ours(command), RUN);
  }

  private LocalProcess start(Command command) {
    return processes.start(command);
  }

  private void await(LocalProcess process, Part part, String path) {
    var _ = process.awaitReady(answers("http://127.0.0.1:" + layout.port(part) + path), START);
  }

  /**
   * It answers 200. A server that is still reading its program keeps whoever asks in a queue, which
   * impatient questions would fill, so one question waits long.
   */
  private static Probe answers(String url) {
    return () -> {
      try {
        var connection = (HttpURLConnection) URI.create(url).toURL().openConnection();
        connection.setReadTimeout(Math.toIntExact(START.toMillis()));
        return connection.getResponseCode() == HttpURLConnection.HTTP_OK;
      } catch (IOException _) {
        // Nobody listens yet, or the server ended.
        return false;
      }
    };
  }
}
