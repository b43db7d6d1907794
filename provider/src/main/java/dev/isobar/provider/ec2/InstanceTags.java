package dev.isobar.provider.ec2;

import dev.isobar.apis.compute.InstanceParameters;
import dev.isobar.apis.infrastructure.MachineTags;
import dev.isobar.provider.external.Subject;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.Tag;

/**
 * Tags of an instance. Others tag instances too (cost reports, backups), so only tags that we gave
 * are ever taken away: {@link #GIVEN} remembers them.
 */
final class InstanceTags {
  /** Holds a short hash of each key that came from the spec. */
  static final String GIVEN = "isobar-tags";

  /** Set while the provider has protected the instance against deletion. */
  static final String PROTECTED = "isobar-protected";

  /** What consoles show first. */
  private static final String NAME = "Name";

  /** Five characters of base 64 for each of 40 keys fit into a tag's 256. */
  private static final int HASH_CHARACTERS = 5;

  private static final int LONGEST_VALUE = 256;
  private static final String CUT = "...";

  private InstanceTags() {}

  /**
   * How tags differ.
   *
   * @param wanted those to set, with their values
   * @param found what is there instead; keys that are missing are missing here
   * @param surplus keys to take away
   */
  record Difference(Map<String, String> wanted, Map<String, String> found, Set<String> surplus) {
    boolean none() {
      return wanted.isEmpty() && surplus.isEmpty();
    }

    /** What the spec says of the tags that differ, for people. */
    String asWanted() {
      return wanted.toString();
    }

    /** What there is of them. */
    String asFound() {
      return found.toString();
    }
  }

  /** What a new instance, its volumes and interfaces carry. */
  static Map<String, String> atCreation(Subject subject, InstanceParameters wanted) {
    Map<String, String> tags =
        new TreeMap<>(Map.of(NAME, fit(subject.namespace() + "/" + subject.name())));
    tags.putAll(lasting(subject, wanted));
    if (wanted.deletionProtection()) {
      tags.put(PROTECTED, "true");
    }
    return tags;
  }

  /** The middle goes: machines of one pool have ends of their own. */
  private static String fit(String name) {
    if (name.length() <= LONGEST_VALUE) {
      return name;
    }
    int half = (LONGEST_VALUE - CUT.length()) / 2;
    return name.substring(0, half) + CUT + name.substring(name.length() - half);
  }

  /** What is wrong with the tags of a spec: a key of ours would change whose a machine is. */
  static Optional<String> problem(InstanceParameters wanted) {
    return new TreeSet<>(wanted.tags().keySet())
        .stream()
            .filter(MachineTags::isReserved)
            .findFirst()
            .map(key ->
                "spec.forProvider.tags." + key + " is a key of the provider's own; choose another");
  }

  private static Map<String, String> lasting(Subject subject, InstanceParameters wanted) {
    Map<String, String> tags = new TreeMap<>(wanted.tags());
    tags.keySet().removeIf(MachineTags::isReserved);
    if (!tags.isEmpty()) {
      tags.put(GIVEN, hashes(Set.copyOf(tags.keySet())));
    }
    tags.putAll(subject.marks());
    tags.put(Subject.UID_TAG, subject.uid());
    return tags;
  }

  /** How the tags of an instance differ from what they shall be. */
  static Difference difference(
      Subject subject, InstanceParameters wanted, Map<String, String> found) {
    Map<String, String> lasting = lasting(subject, wanted);
    Map<String, String> missing = new TreeMap<>();
    Map<String, String> instead = new TreeMap<>();
    lasting.forEach((key, value) -> {
      if (!value.equals(found.get(key))) {
        missing.put(key, value);
        if (found.containsKey(key)) {
          instead.put(key, found.get(key));
        }
      }
    });
    Set<String> given = given(found);
    Set<String> surplus =
        found.keySet().stream()
            .filter(key -> !lasting.containsKey(key) && given.contains(hash(key)))
            .collect(Collectors.toCollection(TreeSet::new));
    surplus.forEach(key -> instead.put(key, found.get(key)));
    if (wanted.tags().isEmpty() && found.containsKey(GIVEN)) {
      surplus.add(GIVEN);
    }
    return new Difference(missing, instead, surplus);
  }

  private static Set<String> given(Map<String, String> found) {
    String text = found.getOrDefault(GIVEN, "");
    List<String> hashes = new ArrayList<>();
    for (int at = 0; at + HASH_CHARACTERS <= text.length(); at += HASH_CHARACTERS) {
      hashes.add(text.substring(at, at + HASH_CHARACTERS));
    }
    return Set.copyOf(hashes);
  }

  private static String hashes(Set<String> keys) {
    return new TreeSet<>(keys).stream().map(InstanceTags::hash).collect(Collectors.joining());
  }

  private static String hash(String key) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
      return Base64.getUrlEncoder().encodeToString(digest).substring(0, HASH_CHARACTERS);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** The UID of the Instance whose mark is among tags. */
  static String uid(List<Tag> tags) {
    return tags.stream()
        .filter(tag -> tag.key().equals(Subject.UID_TAG))
        .map(Tag::value)
        .findFirst()
        .orElse("");
  }

  /** Whether all of these are among tags. */
  static boolean among(List<Tag> tags, Map<String, String> wanted) {
    return new HashSet<>(tags).containsAll(of(wanted));
  }

  /** What lets only things with all of these pass. */
  static List<Filter> filters(Map<String, String> wanted) {
    return wanted.entrySet().stream()
        .map(tag -> Filter.builder().name("tag:" + tag.getKey()).values(tag.getValue()).build())
        .toList();
  }

  /** As the SDK has them. */
  static List<Tag> of(Map<String, String> tags) {
    return tags.entrySet().stream()
        .map(tag -> Tag.builder().key(tag.getKey()).value(tag.getValue()).build())
        .toList();
  }
}
