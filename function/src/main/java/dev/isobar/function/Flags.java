package dev.isobar.function;

import dev.isobar.function.grpc.ListenAddress;
import dev.isobar.function.grpc.ServerSettings;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the command line and the environment ask for; a flag wins over its variable.
 *
 * <p>Read by ourselves and not by picocli: its class files are of a version that the JDK leaves out
 * of the AOT cache, so all of it would be loaded and verified anew at each start.
 */
record Flags(Map<Flag, String> given) {
  private static final int MEGABYTE = 1024 * 1024;
  private static final int MEGABYTES = Integer.MAX_VALUE / MEGABYTE;

  /** The user gave flags that cannot be; the message is one line for them. */
  static final class UsedWrongly extends Exception {
    private static final long serialVersionUID = 1;

    UsedWrongly(String problem) {
      super(problem);
    }
  }

  /** Reads them. */
  static Flags parse(Map<String, String> environment, String... words) throws UsedWrongly {
    var given = new EnumMap<Flag, String>(Flag.class);
    for (Flag flag : Flag.values()) {
      String value = environment.get(flag.variable());
      if (value != null && (!value.isEmpty() || flag.mayBeEmpty())) {
        given.put(flag, value);
      }
    }
    for (int index = 0; index < words.length; index++) {
      String[] parts = words[index].split("=", 2);
      Flag flag = known(parts[0]);
      if (parts.length == 2) {
        given.put(flag, parts[1]);
      } else if (flag.isSwitch()) {
        given.put(flag, "true");
      } else if (++index < words.length) {
        given.put(flag, words[index]);
      } else {
        throw new UsedWrongly(parts[0] + " has no value");
      }
    }
    return new Flags(given);
  }

  /** What {@code --help} shows. */
  static String help() {
    return """
    Crossplane composition function for GPU Kubernetes clusters.
    Usage: function-isobar [FLAG...]

    %s
      -h, --help
          Show this text and end.
      -V, --version
          Show the version and end.

    Each flag can be given by the environment variable in brackets; a flag wins over its variable.

    Examples:
      As in a cluster, where Crossplane mounts the certificates:
        function-isobar --tls-certs-dir=/tls/server
      For 'crossplane composition render' with a Development function:
        function-isobar --insecure --debug --address=127.0.0.1:9443 --metrics-address=

    Ends with 0 after a drain (SIGTERM or SIGINT), 1 when it cannot serve, 2 when used wrongly.
    """
        .formatted(Stream.of(Flag.values()).map(Flag::describe).collect(Collectors.joining("\n")));
  }

  /** Whether each call is logged. */
  boolean debugs() throws UsedWrongly {
    return truth(Flag.DEBUG);
  }

  /** How to serve. */
  ServerSettings settings() throws UsedWrongly {
    if (!value(Flag.NETWORK).equals("tcp")) {
      throw wrong(Flag.NETWORK, "only tcp is served");
    }
    return new ServerSettings(
        address(Flag.ADDRESS),
        security(),
        requestLimitBytes(),
        value(Flag.METRICS_ADDRESS).isEmpty()
            ? Optional.empty()
            : Optional.of(address(Flag.METRICS_ADDRESS)),
        ServerSettings.DEFAULT_DRAIN,
        ServerSettings.DEFAULT_RELOAD);
  }

  private static Flag known(String name) throws UsedWrongly {
    Optional<Flag> flag = Flag.named(name);
    if (flag.isEmpty()) {
      throw new UsedWrongly("there is no flag " + name);
    }
    return flag.get();
  }

  private ServerSettings.Security security() throws UsedWrongly {
    if (truth(Flag.INSECURE)) {
      return new ServerSettings.Security.Insecure();
    }
    if (value(Flag.CERTIFICATES).isEmpty()) {
      throw new UsedWrongly(
          "nothing says how clients are to connect; give --tls-certs-dir with a directory of"
              + " tls.crt, tls.key and ca.crt, or --insecure for plain text");
    }
    return new ServerSettings.Security.MutualTls(Path.of(value(Flag.CERTIFICATES)));
  }

  private int requestLimitBytes() throws UsedWrongly {
    String megabytes = value(Flag.REQUEST_LIMIT);
    try {
      int count = Integer.parseInt(megabytes);
      if (count >= 1 && count <= MEGABYTES) {
        return count * MEGABYTE;
      }
    } catch (NumberFormatException _) {
      // Said below, together with what is out of range.
    }
    throw wrong(Flag.REQUEST_LIMIT, "give 1 to " + MEGABYTES + " megabytes");
  }

  private ListenAddress address(Flag flag) throws UsedWrongly {
    try {
      return ListenAddress.parse(value(flag));
    } catch (IllegalArgumentException unclear) {
      throw new UsedWrongly(flag.title() + ": " + unclear.getMessage());
    }
  }

  private boolean truth(Flag flag) throws UsedWrongly {
    return switch (value(flag)) {
      case "true" -> true;
      case "false" -> false;
      default -> throw wrong(flag, "set it to true or false");
    };
  }

  private String value(Flag flag) {
    return given.getOrDefault(flag, flag.byDefault());
  }

  private UsedWrongly wrong(Flag flag, String remedy) {
    return new UsedWrongly(
        flag.title() + " (" + flag.variable() + ") is \"" + value(flag) + "\"; " + remedy);
  }
}
