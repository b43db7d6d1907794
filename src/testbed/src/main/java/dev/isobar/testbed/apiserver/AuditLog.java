package dev.isobar.testbed.apiserver;

import dev.isobar.apis.tree.Tree;
import dev.isobar.cli.yaml.ManifestParsing;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** What an API server noted about writes; leases and events, which never end, left out. */
public final class AuditLog {
  static final String POLICY =
      """
      apiVersion: audit.k8s.io/v1
      kind: Policy
      omitStages: [RequestReceived, ResponseStarted]
      rules:
      - level: None
        verbs: [get, list, watch]
      - level: None
        resources:
        - group: coordination.k8s.io
        - group: events.k8s.io
        - group: ""
          resources: [events]
        - group: authentication.k8s.io
        - group: authorization.k8s.io
      - level: Metadata
      """;

  private static final String FORBIDDEN = "\"authorization.k8s.io/decision\":\"forbid\"";

  private final Path file;

  AuditLog(Path file) {
    this.file = file;
  }

  /** Now, as a place in the log. */
  public long mark() {
    try {
      return Files.exists(file) ? Files.size(file) : 0;
    } catch (IOException unreadable) {
      throw new IllegalStateException("cannot read " + file, unreadable);
    }
  }

  /** The writes since a place in the log. */
  public List<Write> since(long mark) {
    return lines(mark).map(AuditLog::write).toList();
  }

  /** The writes of all time that no role allowed, one for each of the same. */
  public List<Write> forbidden() {
    return lines(0)
        .filter(line -> line.contains(FORBIDDEN))
        .map(AuditLog::write)
        .distinct()
        .toList();
  }

  private Stream<String> lines(long mark) {
    try {
      byte[] bytes = Files.readAllBytes(file);
      int start = Math.toIntExact(Math.min(mark, bytes.length));
      String text = new String(bytes, start, bytes.length - start, StandardCharsets.UTF_8);
      // The last line may not be whole yet.
      String whole = text.substring(0, text.lastIndexOf('\n') + 1);
      return whole.lines();
    } catch (IOException unreadable) {
      throw new IllegalStateException("cannot read " + file, unreadable);
    }
  }

  private static Write write(String line) {
    Tree event = Tree.of(ManifestParsing.parse("audit.json", line).getFirst().object());
    Tree object = event.at("objectRef");
    String group = text(object.at("apiGroup"));
    String subresource = text(object.at("subresource"));
    return new Write(
        text(event.at("user", "username")),
        text(event.at("userAgent")).split("[ /]", 2)[0],
        text(event.at("verb")),
        text(object.at("resource"))
            + (group.isEmpty() ? "" : "." + group)
            + " "
            + (text(object.at("namespace")).isEmpty() ? "" : text(object.at("namespace")) + "/")
            + text(object.at("name"))
            + (subresource.isEmpty() ? "" : "/" + subresource),
        Math.toIntExact(event.at("responseStatus", "code").whole().orElse(0L)));
  }

  private static String text(Tree tree) {
    return tree.text().orElse("");
  }
}
