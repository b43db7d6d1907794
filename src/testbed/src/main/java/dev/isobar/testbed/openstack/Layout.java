package dev.isobar.testbed.openstack;

import dev.isobar.testbed.process.CannotRun;
import dev.isobar.testbed.process.Ports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Principal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Where one OpenStack is on this machine.
 *
 * @param sources configuration and Python of the project
 * @param folder with everything that is written
 * @param ports by service
 * @param token how long a token lives
 */
record Layout(Path sources, Path folder, Map<Part, Integer> ports, Duration token) {
  static final String NOTE = "processes";

  /** What listens. */
  enum Part {
    KEYSTONE,
    NOVA,
    PLACEMENT,
    GLANCE,
    NEUTRON
  }

  /** A layout with free ports and folders. */
  static Layout in(Path sources, Path folder, Duration token) {
    Map<Part, Integer> ports = new TreeMap<>();
    for (Part part : Part.values()) {
      ports.put(part, Ports.free());
    }
    Layout layout = new Layout(sources, folder.toAbsolutePath(), ports, token);
    for (String name :
        List.of(
            "lock",
            "images",
            "glance-staging",
            "nova",
            "neutron",
            "fernet-keys",
            "credential-keys")) {
      make(layout.state().resolve(name));
    }
    make(layout.etc().resolve("placement"));
    make(layout.logs());
    return layout;
  }

  private static void make(Path folder) {
    try {
      var _ = Files.createDirectories(folder);
    } catch (IOException unwritable) {
      throw new CannotRun("cannot make " + folder, unwritable);
    }
  }

  Path state() {
    return folder.resolve("state");
  }

  Path etc() {
    return folder.resolve("etc");
  }

  Path logs() {
    return folder.resolve("logs");
  }

  /** The file that lists its processes while they run. */
  Path note() {
    return folder.resolve(NOTE);
  }

  Path python() {
    return sources.resolve("python");
  }

  int port(Part part) {
    return ports.getOrDefault(part, 0);
  }

  /** Whose the folder is. */
  String owner() {
    return attribute("posix:owner");
  }

  /** The group whose the folder is. */
  String group() {
    return attribute("posix:group");
  }

  private String attribute(String name) {
    try {
      return Files.getAttribute(folder, name) instanceof Principal who ? who.getName() : "";
    } catch (IOException unreadable) {
      throw new CannotRun("cannot see whose " + folder + " is", unreadable);
    }
  }

  /** The ports in the order of {@link Part}, as the Python takes them. */
  List<String> portWords() {
    return Stream.of(Part.values()).map(part -> String.valueOf(port(part))).toList();
  }

  /** Writes the configuration of every service. */
  void configure() {
    try (Stream<Path> templates = Files.list(sources.resolve("etc"))) {
      for (Path template : templates.toList()) {
        Path file = etc().resolve(template.getFileName());
        Files.writeString(file, filled(Files.readString(template)));
      }
      Files.copy(etc().resolve("placement.conf"), etc().resolve("placement/placement.conf"));
    } catch (IOException unwritable) {
      throw new CannotRun("cannot write the configuration of OpenStack", unwritable);
    }
  }

  private String filled(String template) throws IOException {
    String credentials = Files.readString(sources.resolve("etc/credentials"));
    String authToken =
        "www_authenticate_uri = http://127.0.0.1:@KEYSTONE@/v3\n"
            + "service_token_roles = admin\nservice_token_roles_required = true\n"
            + credentials;
    String text =
        template
            .replace("@AUTHTOKEN@", authToken)
            .replace("@CREDENTIALS@", credentials)
            .replace("@STATE@", state().toString())
            .replace("@LOGS@", logs().toString())
            .replace("@ETC@", etc().toString())
            .replace("@TOKEN_SECONDS@", String.valueOf(token.toSeconds()));
    for (Map.Entry<Part, Integer> port : ports.entrySet()) {
      text = text.replace("@" + port.getKey() + "@", String.valueOf(port.getValue()));
    }
    return text;
  }
}
