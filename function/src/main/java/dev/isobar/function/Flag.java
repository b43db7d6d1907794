package dev.isobar.function;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The flags: those of Crossplane's specification, and those that its functions have in common.
 *
 * <p>https://github.com/crossplane/crossplane/blob/main/contributing/specifications/functions.md#configuration
 */
enum Flag {
  DEBUG("-d --debug", "DEBUG", "", "false", "Log a line for each call."),
  INSECURE(
      "--insecure",
      "INSECURE",
      "",
      "false",
      "Serve in plain text, to anybody; wins over --tls-certs-dir."),
  CERTIFICATES(
      "--tls-certs-dir --tls-server-certs-dir",
      "TLS_SERVER_CERTS_DIR",
      "DIR",
      "",
      "Directory with tls.crt, tls.key and ca.crt; clients need a certificate signed by ca.crt."
          + " Read again when they change."),
  ADDRESS(
      "--address",
      "ADDRESS",
      "HOST:PORT",
      ":9443",
      "Where to listen for gRPC; port 0 takes any that is free."),
  NETWORK("--network", "NETWORK", "NETWORK", "tcp", "Kind of address; only tcp."),
  REQUEST_LIMIT(
      "--max-recv-message-size",
      "MAX_RECV_MESSAGE_SIZE",
      "MB",
      "4",
      "Largest request, in megabytes; gRPC refuses a longer one with RESOURCE_EXHAUSTED."),
  METRICS_ADDRESS(
      "--metrics-address",
      "METRICS_ADDRESS",
      "HOST:PORT",
      ":8080",
      "Where to listen for HTTP with /metrics, /healthz and /readyz; empty switches it off.");

  /** Separated by blanks, because an enum should hold nothing that can change. */
  private final String names;

  private final String variable;
  private final String placeholder;
  private final String byDefault;
  private final String help;

  Flag(String names, String variable, String placeholder, String byDefault, String help) {
    this.names = names;
    this.variable = variable;
    this.placeholder = placeholder;
    this.byDefault = byDefault;
    this.help = help;
  }

  /** The flag that a word on the command line names. */
  static Optional<Flag> named(String name) {
    return Arrays.stream(values()).filter(flag -> flag.names().contains(name)).findFirst();
  }

  /** How it is written, the short form first. */
  List<String> names() {
    return List.of(names.split(" ", -1));
  }

  /** How a message calls it. */
  String title() {
    return this == DEBUG ? "--debug" : names().getFirst();
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
