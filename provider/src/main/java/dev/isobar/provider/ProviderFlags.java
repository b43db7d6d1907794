package dev.isobar.provider;

import dev.isobar.provider.decide.GoDuration;
import dev.isobar.provider.decide.Pace;
import dev.isobar.provider.kube.ProviderSettings;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the command line and the environment ask for; a flag wins over its variable. */
record ProviderFlags(Map<ProviderFlag, String> given) {
  private static final int MOST = 10_000;
  private static final int PORTS = 65_535;

  /** The longest value of a label. */
  private static final int LABEL = 63;

  /** The user gave flags that cannot be; the message is one line for them. */
  static final class Misused extends Exception {
    private static final long serialVersionUID = 1;

    Misused(String problem) {
      super(problem);
    }
  }

  /** Reads them. */
  static ProviderFlags parse(Map<String, String> environment, String... words) throws Misused {
    var given = new EnumMap<ProviderFlag, String>(ProviderFlag.class);
    for (ProviderFlag flag : ProviderFlag.values()) {
      String value = environment.get(flag.variable());
      if (value != null && (!value.isEmpty() || flag.mayBeEmpty())) {
        given.put(flag, value);
      }
    }
    for (int index = 0; index < words.length; index++) {
      String[] parts = words[index].split("=", 2);
      ProviderFlag flag = known(parts[0]);
      if (parts.length == 2) {
        given.put(flag, parts[1]);
      } else if (flag.isSwitch()) {
        given.put(flag, "true");
      } else if (++index < words.length) {
        given.put(flag, words[index]);
      } else {
        throw new Misused(parts[0] + " has no value");
      }
    }
    return new ProviderFlags(given);
  }

  /** What {@code --help} shows. */
  static String help() {
    return """
    Crossplane provider for GPU machines on OpenStack and EC2.
    Usage: provider-isobar [FLAG...]

    %s
      -h, --help
          Show this text and end.
      -V, --version
          Show the version and end.

    Each flag can be given by the environment variable in brackets; a flag wins over its variable.

    Ends with 0 after it finished what it had begun (SIGTERM or SIGINT), 1 when it cannot go on or
    another replica took over, 2 when used wrongly.
    """
        .formatted(
            Stream.of(ProviderFlag.values())
                .map(ProviderFlag::describe)
                .collect(Collectors.joining("\n")));
  }

  /** Whether more is logged. */
  boolean debugs() throws Misused {
    return truth(ProviderFlag.DEBUG);
  }

  /** How to work; where nothing is said of a pace, at the usual one. */
  ProviderSettings settings(Pace usual) throws Misused {
    var _ = duration(ProviderFlag.SYNC);
    var _ = duration(ProviderFlag.POLL_STATE);
    if (!truth(ProviderFlag.POLICIES)) {
      throw wrong(ProviderFlag.POLICIES, "management policies cannot be switched off");
    }
    Optional<Duration> lease =
        truth(ProviderFlag.LEADER_ELECTION)
            ? Optional.of(duration(ProviderFlag.LEASE))
            : Optional.empty();
    if (lease.filter(time -> time.toSeconds() < 2).isPresent()) {
      throw wrong(ProviderFlag.LEASE, "give 2s or more");
    }
    return new ProviderSettings(
        pace(usual),
        duration(ProviderFlag.DISCOVERY),
        number(ProviderFlag.RATE),
        number(ProviderFlag.CLOUD_LIMIT),
        value(ProviderFlag.NAMESPACE),
        lease,
        truth(ProviderFlag.CHANGE_LOGS)
            ? Optional.of(Path.of(value(ProviderFlag.CHANGE_LOGS_SOCKET)))
            : Optional.empty(),
        truth(ProviderFlag.CLUSTER_API),
        label(ProviderFlag.WATCH_FILTER),
        Optional.of(value(ProviderFlag.KUBECONFIG)).filter(file -> !file.isEmpty()).map(Path::of));
  }

  /** Where to listen for HTTP; nowhere when empty. */
  Optional<InetSocketAddress> metrics() throws Misused {
    String text = value(ProviderFlag.METRICS_ADDRESS);
    if (text.isEmpty()) {
      return Optional.empty();
    }
    int colon = text.lastIndexOf(':');
    String host = colon < 0 ? "" : text.substring(0, colon);
    if (host.startsWith("[") && host.endsWith("]")) {
      host = host.substring(1, host.length() - 1);
    }
    String digits = text.substring(colon + 1);
    boolean number = digits.length() <= 5 && digits.matches("[0-9]+");
    int port = number ? Integer.parseInt(digits) : PORTS + 1;
    if (colon < 0 || port > PORTS) {
      throw wrong(ProviderFlag.METRICS_ADDRESS, "write :8080, host:8080 or [::1]:8080");
    }
    return Optional.of(
        host.isEmpty() ? new InetSocketAddress(port) : new InetSocketAddress(host, port));
  }

  private Pace pace(Pace usual) throws Misused {
    return new Pace(
        duration(ProviderFlag.POLL),
        duration(ProviderFlag.MIN_POLL),
        usual.visible(),
        usual.inFlight(),
        usual.late(),
        usual.duplicateAge());
  }

  private static ProviderFlag known(String name) throws Misused {
    Optional<ProviderFlag> flag = ProviderFlag.named(name);
    if (flag.isEmpty()) {
      throw new Misused("there is no flag " + name);
    }
    return flag.get();
  }

  private Duration duration(ProviderFlag flag) throws Misused {
    Optional<Duration> duration = GoDuration.parse(value(flag)).filter(Duration::isPositive);
    if (duration.isEmpty()) {
      throw wrong(flag, "give a duration such as 30s, 10m or 1h30m");
    }
    return duration.get();
  }

  private int number(ProviderFlag flag) throws Misused {
    String digits = value(flag);
    if (digits.length() <= 5 && digits.matches("[0-9]+")) {
      int number = Integer.parseInt(digits);
      if (number >= 1 && number <= MOST) {
        return number;
      }
    }
    throw wrong(flag, "give 1 to " + MOST);
  }

  /** What can be no label's value would silently be that of nothing. */
  private Optional<String> label(ProviderFlag flag) throws Misused {
    String value = value(flag);
    if (value.length() > LABEL || !value.matches("([A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?)?")) {
      throw wrong(flag, "give what the value of a label can be");
    }
    return Optional.of(value).filter(text -> !text.isEmpty());
  }

  /** What Go's strconv.ParseBool takes, which other providers' flags go through, and yes and no. */
  private boolean truth(ProviderFlag flag) throws Misused {
    return switch (value(flag).toLowerCase(Locale.ROOT)) {
      case "true", "t", "1", "yes" -> true;
      case "false", "f", "0", "no" -> false;
      default -> throw wrong(flag, "set it to true or false");
    };
  }

  private String value(ProviderFlag flag) {
    return given.getOrDefault(flag, flag.byDefault());
  }

  private Misused wrong(ProviderFlag flag, String remedy) {
    return new Misused(
        flag.title() + " (" + flag.variable() + ") is \"" + value(flag) + "\"; " + remedy);
  }
}
