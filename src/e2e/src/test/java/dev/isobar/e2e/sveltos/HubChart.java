package dev.isobar.e2e.sveltos;

import dev.isobar.testbed.plane.Project;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Stands in for chart jupyterhub: Helm checks the values by the closed schema of the real one, of
 * which the function's own tests have the keys, and what comes of them is a ConfigMap that shows
 * them, and the Deployments that the add-on's gates look for.
 */
final class HubChart {
  static final String NAME = "jupyterhub";
  static final String VERSION = "4.4.0";

  /** The ConfigMap in the release's namespace that shows the values. */
  static final String RECEIVED = "received";

  private static final String KEYS =
      "function/src/test/resources/dev/isobar/function/compose/jupyterhub/chart-4.4.0.txt";

  private static final String TEMPLATE =
      """
      apiVersion: v1
      kind: ConfigMap
      metadata:
        name: received
        namespace: {{ .Release.Namespace }}
      data:
        values: {{ .Values | toJson | quote }}
      {{- range $part := list "hub" "proxy" }}
      ---
      apiVersion: apps/v1
      kind: Deployment
      metadata:
        name: {{ $part }}
        namespace: {{ $.Release.Namespace }}
        labels: {component: {{ $part }}}
      spec:
        selector:
          matchLabels: {component: {{ $part }}}
        template:
          metadata:
            labels: {component: {{ $part }}}
          spec:
            containers:
            - {name: main, image: "example.org/nothing:1"}
      {{- end }}
      """;

  /** By path, the keys that an object may have. */
  private final Map<String, List<String>> keys = new TreeMap<>();

  private HubChart() {
    Path file = Project.here().root().resolve(KEYS);
    try {
      Files.readString(file)
          .lines()
          .filter(line -> !line.startsWith("#"))
          .map(line -> line.split(": ", 2))
          .forEach(line -> keys.put(line[0], List.of(line[1].split(" "))));
    } catch (IOException unreadable) {
      throw new UncheckedIOException("cannot read " + file, unreadable);
    }
  }

  /** Its files by path. */
  static Map<String, String> files() {
    return Map.of("templates/all.yaml", TEMPLATE, "values.schema.json", new HubChart().schema(""));
  }

  private String schema(String path) {
    List<String> known = keys.get(path.isEmpty() ? "/" : path);
    if (known == null) {
      return "{}";
    }
    String below = path.isEmpty() ? "" : path + ".";
    String properties =
        known.stream()
            .filter(key -> !key.equals("*"))
            .map(key -> "\"%s\": %s".formatted(key, schema(below + key)))
            .collect(Collectors.joining(", "));
    return "{\"type\": \"object\", \"additionalProperties\": %s, \"properties\": {%s}}"
        .formatted(known.contains("*"), properties);
  }
}
