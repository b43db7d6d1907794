package dev.isobar.function.compose.plan;

import dev.isobar.apis.compute.LoadBalancer;
import dev.isobar.apis.platform.ControlPlane;
import dev.isobar.apis.platform.Network;
import dev.isobar.apis.schema.Cidr;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What is written down on a Cluster of its choices, a line each: {@code network.cni=Cilium}.
 *
 * @param text as it stands; absent when there is none
 * @param lines the choices that can be read; those of other releases, too
 * @param damaged what stands where one of ours should be, and what nobody can read
 */
record FixedNote(
    Optional<String> text, SortedMap<String, String> lines, SortedMap<String, String> damaged) {
  private static final Pattern RANGE = Pattern.compile(Cidr.ADDRESS + "/(3[0-2]|[12]?[0-9])");
  private static final Pattern BALANCER = oneOf(LoadBalancer.values());
  private static final Pattern FIELD = Pattern.compile("[a-zA-Z]+(\\.[a-zA-Z]+)*");

  /** What values look like that are not any text. */
  private static final Map<String, Pattern> SHAPES =
      Map.of(
          "cloud",
          Pattern.compile("[^=\\s]+"),
          "controlPlane.kind",
          oneOf(ControlPlane.Kind.values()),
          "network.podCidr",
          RANGE,
          "network.serviceCidr",
          RANGE,
          "network.nodeCidr",
          RANGE,
          "network.cni",
          oneOf(Network.Cni.values()),
          "network.api.port",
          Pattern.compile("[0-9]{1,5}"),
          "network.api.publicAddress",
          Pattern.compile("true|false"),
          FixedFields.LOAD_BALANCER,
          BALANCER,
          FixedFields.SERVICE_BALANCER,
          BALANCER);

  private static Pattern oneOf(Enum<?>[] words) {
    return Pattern.compile(Arrays.stream(words).map(Enum::name).collect(Collectors.joining("|")));
  }

  static FixedNote of(ObservedCluster observed) {
    Optional<String> text = ObservedCluster.annotation(observed.cluster(), Marks.FIXED);
    var lines = new TreeMap<String, String>();
    var damaged = new TreeMap<String, String>();
    text.stream()
        .flatMap(lined -> Arrays.stream(lined.split("\n", -1)))
        .forEach(line -> {
          int end = Math.max(0, line.indexOf('='));
          String field = line.substring(0, end);
          String value = line.substring(Math.min(line.length(), end + 1));
          Pattern shape = SHAPES.get(field);
          boolean whole =
              FIELD.matcher(field).matches() && (shape == null || shape.matcher(value).matches());
          (whole ? lines : damaged).put(field, value);
        });
    return new FixedNote(text, lines, damaged);
  }

  /**
   * The text to stand there: this one while all of it can be read and none of it contradicts what
   * was planned, which has been checked against what exists.
   */
  String mended(SortedMap<String, String> planned) {
    boolean right =
        damaged.isEmpty()
            && lines.entrySet().stream()
                .allMatch(line ->
                    planned.getOrDefault(line.getKey(), line.getValue()).equals(line.getValue()));
    if (text.isPresent() && right) {
      return text.get();
    }
    var mended = new TreeMap<String, String>(lines);
    mended.putAll(planned);
    return mended.entrySet().stream()
        .map(line -> line.getKey() + "=" + line.getValue())
        .collect(Collectors.joining("\n"));
  }
}
