package dev.isobar.function.compose.plan;

import dev.isobar.apis.decode.Encoder;
import dev.isobar.apis.platform.Nodes;
import dev.isobar.apis.tree.Fields;
import dev.isobar.function.compose.cloud.ImagePin;
import dev.isobar.function.compose.naming.Canonical;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * What content hashes are taken of: only what the user set, and what was pinned for good. What a
 * release of the function, its settings or a Cloud contribute stays out, so that none of them ever
 * rolls a fleet; it is taken up when the user next changes something. The shape of these objects
 * must never change: golden tests hold it.
 */
final class Hashes {
  /** How values are spelled in what a hash is taken of. */
  enum Spelling {
    /** As the claim has them: what the names of objects of earlier releases were made from. */
    AS_WRITTEN,
    /** As CANONICAL, but with how nodes are drained: of earlier releases too. */
    WITH_DRAINS,
    /** Equal values alike: 40960Mi as 40Gi, and lists without a meaning of their order sorted. */
    CANONICAL
  }

  private static final List<Spelling> EARLIER = List.of(Spelling.AS_WRITTEN, Spelling.WITH_DRAINS);

  /** Lists whose order means nothing to machines. */
  private static final Set<String> UNORDERED =
      Set.of(
          "certificateNames",
          "exemptNamespaces",
          "registryMirrors",
          "taints",
          "timeServers",
          "trustedAuthorities");

  /** Maps whose keys are the user's. */
  private static final Set<String> FREE = Set.of("apiServerFlags", "labels");

  private static final int WHOLE_CPU = 1000;

  private final Spelling spelling;

  private Hashes(Spelling spelling) {
    this.spelling = spelling;
  }

  /**
   * The hash by which something is known already, else one that does not depend on the spelling. So
   * nothing that an earlier release named is named anew.
   *
   * @param content what the hash is taken of
   * @param known whether something of this hash exists
   */
  static String hash(Function<Hashes, Fields> content, Predicate<String> known) {
    return EARLIER.stream()
        .map(spelling -> hash(content, spelling))
        .filter(known)
        .findFirst()
        .orElseGet(() -> hash(content, Spelling.CANONICAL));
  }

  private static String hash(Function<Hashes, Fields> content, Spelling spelling) {
    Map<String, Object> fields = content.apply(new Hashes(spelling)).map();
    return Canonical.hash(spelling == Spelling.AS_WRITTEN ? fields : tidy(fields));
  }

  /** The beginning of a machine template. */
  Fields machines(List<String> machineTypes, ImagePin image, Nodes nodes) {
    return Fields.with("machineTypes", machineTypes)
        .set("image", Fields.with("id", image.image().id()).set("name", image.image().name()))
        .set("sshKey", nodes.sshKey());
  }

  /** The beginning of everything that is written on nodes. */
  Fields nodes(Nodes nodes) {
    Fields content = Fields.none().setAll(onlySet(nodes)).without("sshKey");
    return spelling == Spelling.CANONICAL ? content.without("waitForSessions") : content;
  }

  /** What the user set of a record. */
  SortedMap<String, Object> onlySet(Record record) {
    return switch (spelling) {
      case AS_WRITTEN -> Encoder.onlySet(record);
      case WITH_DRAINS, CANONICAL -> Encoder.onlySetCanonical(record);
    };
  }

  /** What the user set of several records. */
  List<SortedMap<String, Object>> onlySet(List<? extends Record> records) {
    return records.stream().map(this::onlySet).toList();
  }

  private static Map<String, Object> tidy(Map<String, Object> content) {
    var tidy = new TreeMap<String, Object>(content);
    tidy.replaceAll((key, value) -> FREE.contains(key) ? value : tidy(key, value));
    return tidy;
  }

  private static Object tidy(String key, Object value) {
    return switch (value) {
      case List<?> list when UNORDERED.contains(key) ->
          list.stream().sorted(Comparator.comparing(Canonical::json)).toList();
      case Map<?, ?> map -> {
        var fields = new TreeMap<String, Object>();
        map.forEach((name, field) -> fields.put(String.valueOf(name), field));
        yield tidy(fields);
      }
      case String cpu when key.equals("reservedCpu") -> cpu(cpu);
      default -> value;
    };
  }

  /** 2000m is 2. */
  private static String cpu(String text) {
    int end = text.length() - 1;
    boolean thousandths = text.endsWith("m");
    int number = thousandths ? Integer.parseInt(text.substring(0, end)) : 0;
    return thousandths && number % WHOLE_CPU == 0 ? String.valueOf(number / WHOLE_CPU) : text;
  }
}
