package dev.isobar.provider.external;

import java.util.Set;
import java.util.TreeSet;

/** What {@link FakeCloud} makes besides machines: a port for each Instance that has one. */
final class FakePorts {
  private final Set<String> ports = new TreeSet<>();

  void add(Subject subject) {
    ports.add(port(subject));
  }

  /** One that no machine has, because another one had taken its place. */
  void addLate(Subject subject) {
    ports.add(late(subject));
  }

  void tidy(Subject subject) {
    ports.remove(late(subject));
  }

  void release(Subject subject) {
    ports.remove(port(subject));
    ports.remove(late(subject));
  }

  Set<String> left() {
    return Set.copyOf(ports);
  }

  private static String port(Subject subject) {
    return "port of " + subject.uid();
  }

  private static String late(Subject subject) {
    return "late " + port(subject);
  }
}
