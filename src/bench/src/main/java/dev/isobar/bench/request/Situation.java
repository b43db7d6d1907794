package dev.isobar.bench.request;

import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import dev.isobar.apis.tree.Tree;
import dev.isobar.function.wire.proto.Fn;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A request, and what function-isobar answers to it.
 *
 * @param name what the report calls it
 */
public record Situation(
    String name, Fn.RunFunctionRequest question, Fn.RunFunctionResponse answer) {
  /** The request as it goes over the wire. */
  public byte[] bytes() {
    return question.toByteArray();
  }

  /** The composite's UID, which differs from situation to situation. */
  public String uid() {
    return composite().at("metadata", "uid").text().orElseThrow();
  }

  /** The composite as it is handed in. */
  public Tree composite() {
    return Tree.of(Wire.map(question.getObserved().getComposite().getResource()));
  }

  /** The Cloud as it is handed in. */
  public Tree cloud() {
    Fn.Resources clouds =
        question.getRequiredResourcesOrDefault("cloud", Fn.Resources.getDefaultInstance());
    return clouds.getItemsCount() == 0
        ? Tree.absent()
        : Tree.of(Wire.map(clouds.getItems(0).getResource()));
  }

  /** How many composed resources are handed in. */
  public int observed() {
    return question.getObserved().getResourcesCount();
  }

  /** The composed resources of the answer, by composition resource name. */
  public SortedMap<String, Map<String, @Nullable Object>> composed() {
    return composed(answer);
  }

  static SortedMap<String, Map<String, @Nullable Object>> composed(Fn.RunFunctionResponse answer) {
    var composed = new TreeMap<String, Map<String, @Nullable Object>>();
    answer
        .getDesired()
        .getResourcesMap()
        .forEach((key, resource) -> composed.put(key, Wire.map(resource.getResource())));
    return composed;
  }

  /** The composite's status in the answer, without conditions. */
  public Tree status() {
    return Tree.of(Wire.map(answer.getDesired().getComposite().getResource())).at("status");
  }

  /** Whether the answer calls the composite ready. */
  public boolean ready() {
    return answer.getDesired().getComposite().getReady() == Fn.Ready.READY_TRUE;
  }

  /** The conditions of the answer. */
  public List<Fn.Condition> conditions() {
    return answer.getConditionsList();
  }

  /** What the answer asks core to look up. */
  public SortedMap<String, Fn.ResourceSelector> requirements() {
    return new TreeMap<>(answer.getRequirements().getResourcesMap());
  }

  /** By which labels the answer asks for ClusterSummaries. */
  Map<String, String> summaryLabels() {
    return answer
        .getRequirements()
        .getResourcesOrDefault("cluster-summaries", Fn.ResourceSelector.getDefaultInstance())
        .getMatchLabels()
        .getLabelsMap();
  }

  /**
   * What an answer comes to: composed resources with their readiness, the composite's status and
   * the conditions. Equal texts mean that two functions decided the same.
   *
   * @throws IllegalArgumentException when the bytes are no answer, or it holds a fatal result
   */
  public static String digest(byte[] bytes) {
    try {
      Fn.RunFunctionResponse answer = Fn.RunFunctionResponse.parseFrom(bytes);
      answer.getResultsList().stream()
          .filter(result -> result.getSeverity() == Fn.Severity.SEVERITY_FATAL)
          .forEach(result -> {
            throw new IllegalArgumentException("the function refuses: " + result.getMessage());
          });
      return digest(answer);
    } catch (com.google.protobuf.InvalidProtocolBufferException malformed) {
      throw new IllegalArgumentException("this is no answer", malformed);
    }
  }

  private static String digest(Fn.RunFunctionResponse answer) {
    Fn.State desired = answer.getDesired();
    Value status =
        desired
            .getComposite()
            .getResource()
            .getFieldsOrDefault("status", Value.getDefaultInstance());
    Fn.RunFunctionResponse essence =
        Fn.RunFunctionResponse.newBuilder()
            .setDesired(
                Fn.State.newBuilder()
                    .putAllResources(desired.getResourcesMap())
                    .setComposite(
                        Fn.Resource.newBuilder()
                            .setResource(Struct.newBuilder().putFields("status", status))
                            .setReady(desired.getComposite().getReady())))
            .addAllConditions(answer.getConditionsList())
            .build();
    var sorted = new ByteArrayOutputStream();
    CodedOutputStream output = CodedOutputStream.newInstance(sorted);
    output.useDeterministicSerialization();
    try {
      essence.writeTo(output);
      output.flush();
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(sorted.toByteArray());
      return HexFormat.of().formatHex(digest);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every JDK has SHA-256", impossible);
    }
  }
}
