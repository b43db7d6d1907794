package dev.isobar.provider;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The flags, named as those of other providers for Crossplane where these have the like. */
enum ProviderFlag {
  DEBUG("-d --debug", "DEBUG", "", "false", "Log more."),
  POLL(
      "--poll",
      "POLL",
      "DURATION",
      "1m",
      "How often a machine is looked at that is as it shall be, as Go writes durations. One listing"
          + " of a cloud serves all of them."),
  MIN_POLL(
      "--min-poll-interval",
      "MIN_POLL_INTERVAL",
      "DURATION",
      "1s",
      "The shortest time that annotation crossplane.io/poll-interval may ask for."),
  DISCOVERY(
      "--discovery-interval",
      "DISCOVERY_INTERVAL",
      "DURATION",
      "10m",
      "How often a cloud is asked what it has; what changed is written into its Cloud."),
  SYNC(
      "-s --sync",
      "SYNC",
      "DURATION",
      "1h",
      "Taken because other providers have it; what is watched needs no second look."),
  RATE(
      "--max-reconcile-rate",
      "MAX_RECONCILE_RATE",
      "NUMBER",
      "200",
      "How many passes are begun in a second, over all clouds; new and changed objects come"
          + " first."),
  CLOUD_LIMIT(
      "--max-concurrent-reconciles",
      "MAX_CONCURRENT_RECONCILES",
      "NUMBER",
      "16",
      "How many passes are under way for one ProviderConfig at the same time."),
  LEADER_ELECTION(
      "-l --leader-election",
      "LEADER_ELECTION",
      "",
      "false",
      "Let one of several replicas lead; the others wait."),
  LEASE(
      "--leader-election-lease",
      "LEADER_ELECTION_LEASE",
      "DURATION",
      "60s",
      "How long a leader that vanished is waited for."),
  POLICIES(
      "--enable-management-policies",
      "ENABLE_MANAGEMENT_POLICIES",
      "",
      "true",
      "Taken because other providers have it; they are always enabled."),
  POLL_STATE(
      "--poll-state-metric",
      "POLL_STATE_METRIC",
      "DURATION",
      "5s",
      "Taken because other providers have it; states are counted whenever somebody asks."),
  CHANGE_LOGS(
      "--enable-changelogs",
      "ENABLE_CHANGE_LOGS",
      "",
      "false",
      "Send an entry for every creation, change and deletion of a machine to a sidecar."),
  CHANGE_LOGS_SOCKET(
      "--changelogs-socket-path",
      "CHANGELOGS_SOCKET_PATH",
      "FILE",
      "/var/run/changelogs/changelogs.sock",
      "Socket of the sidecar that keeps change logs; only used when they are enabled."),
  CLUSTER_API(
      "--enable-cluster-api",
      "ENABLE_CLUSTER_API",
      "",
      "false",
      "Work on GpuMachines, once they and the kinds of Cluster API are served."),
  WATCH_FILTER(
      "--watch-filter",
      "WATCH_FILTER",
      "VALUE",
      "",
      "Work only on GpuMachines and templates whose label cluster.x-k8s.io/watch-filter has this"
          + " value; on all of them when empty."),
  CERTS_DIR(
      "--certs-dir",
      "CERTS_DIR",
      "FOLDER",
      "",
      "Taken because other providers have it; there is nothing here that serves TLS."),
  METRICS_ADDRESS(
      "--metrics-address",
      "METRICS_ADDRESS",
      "HOST:PORT",
      ":8080",
      "Where to listen for HTTP with /metrics, /healthz and /readyz; empty switches it off."),
  NAMESPACE(
      "--namespace",
      "POD_NAMESPACE",
      "NAME",
      "crossplane-system",
      "Namespace of the provider itself, where its Lease is."),
  KUBECONFIG(
      "--kubeconfig",
      "KUBECONFIG",
      "FILE",
      "",
      "How the API server is reached outside of a cluster; inside, by the pod's service account.");

  /** Separated by blanks, because an enum should hold nothing that can change. */
  private final String names;

  private final String variable;
  private final String placeholder;
  private final String byDefault;
  private final String help;

  ProviderFlag(String names, String variable, String placeholder, String byDefault, String help) {
    this.names = names;
    this.variable = variable;
    this.placeholder = placeholder;
    this.byDefault = byDefault;
    this.help = help;
  }

  /** The flag that a word on the command line names. */
  static Optional<ProviderFlag> named(String name) {
    return Arrays.stream(values()).filter(flag -> flag.names().contains(name)).findFirst();
  }

  /** How it is written, the short form first. */
  List<String> names() {
    return List.of(names.split(" ", -1));
  }

  /** How a message calls it. */
  String title() {
    return names().getLast();
  }

  /** The environment variable that gives the value when the flag does not. */
  String variable() {
    return variable;
  }

  /** Whether it takes no value. */
  boolean isSwitch() {
    return placeholder.isEmpty();
  }

  /** Whether an empty value says something; elsewhere it is how manifests unset a variable. */
  boolean mayBeEmpty() {
    return this == METRICS_ADDRESS;
  }

  String byDefault() {
    return byDefault;
  }

  /** Its part of the help text. */
  String describe() {
    var text = new StringBuilder("  ").append(names.replace(" ", ", "));
    if (!isSwitch()) {
      text.append('=').append(placeholder);
    }
    text.append("  [").append(variable).append("]\n");
    text.append("      ").append(help).append('\n');
    if (!byDefault.isEmpty()) {
      text.append("      Default: ").append(byDefault).append('\n');
    }
    return text.toString();
  }
}
