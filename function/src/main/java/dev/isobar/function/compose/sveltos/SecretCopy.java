package dev.isobar.function.compose.sveltos;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A Secret inside a cluster with keys of one outside. Only Sveltos sees what is in them: the
 * function emits a template that copies them, still encoded, and says which are missing.
 *
 * @param source the Secret outside
 * @param namespace where the copy is
 * @param name what the copy is called
 * @param keys keys of the source by those of the copy
 */
public record SecretCopy(
    Addon.SecretSource source, String namespace, String name, SortedMap<String, String> keys) {
  private static final String DATA =
      """
      {{- $data := (getResource "%s").data -}}
      """;

  private static final String CHECK =
      """
      {{- if not (index $data "%1$s") }}{{ fail "Secret %2$s has no key %1$s" }}{{ end -}}
      """;

  private static final String SECRET =
      """
      apiVersion: v1
      kind: Secret
      metadata:
        name: %s
        namespace: %s
      type: Opaque
      data:
      """;

  private static final String ENTRY =
      """
        %s: {{ index $data "%s" | quote }}
      """;

  /** A copy of one key. */
  public static SecretCopy of(
      Addon.SecretSource source, String namespace, String name, String key, String sourceKey) {
    return new SecretCopy(source, namespace, name, new TreeMap<>(Map.of(key, sourceKey)));
  }

  /** The template, by file name. */
  SortedMap<String, Object> objects() {
    var text = new StringBuilder(DATA.formatted(source.identifier()));
    keys.values().stream()
        .distinct()
        .forEach(key -> text.append(CHECK.formatted(key, source.name())));
    text.append(SECRET.formatted(name, namespace));
    keys.forEach((key, sourceKey) -> text.append(ENTRY.formatted(key, sourceKey)));
    return new TreeMap<>(Map.of(name + ".yaml", text.toString()));
  }
}
