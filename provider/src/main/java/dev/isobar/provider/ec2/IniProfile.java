package dev.isobar.provider.ec2;

import dev.isobar.provider.external.CloudWords;
import dev.isobar.provider.external.Failure;
import dev.isobar.provider.external.Response;
import dev.isobar.provider.external.SecretBytes;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The keys of one profile of a file as AWS tools keep it in {@code ~/.aws/credentials}. Only what
 * is written there counts: a profile that names a process, another profile or a file of this pod is
 * refused, because a Secret must not decide what the provider runs or reads.
 *
 * @param sessionToken comes with keys that expire
 */
record IniProfile(String accessKeyId, String secretAccessKey, Optional<String> sessionToken) {
  private static final String ID = "aws_access_key_id";
  private static final String SECRET = "aws_secret_access_key";
  private static final String TOKEN = "aws_session_token";

  /**
   * Reads a profile.
   *
   * @param name of the profile; its section may be {@code [name]} or {@code [profile name]}
   * @return what is wrong never holds anything of the file but names of its sections
   */
  static Response<IniProfile> read(SecretBytes file, String name) {
    String text;
    try {
      text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(file.bytes())).toString();
    } catch (CharacterCodingException _) {
      return refused("is not text; write an INI file with " + ID + " and " + SECRET);
    }
    Map<String, String> found = new LinkedHashMap<>();
    Set<String> sections = new LinkedHashSet<>();
    String section = "";
    int number = 0;
    for (String raw : text.lines().toList()) {
      number++;
      String line = raw.strip();
      if (line.isEmpty() || line.startsWith("#") || line.startsWith(";")) {
        continue;
      }
      if (line.startsWith("[")) {
        section = section(line);
        if (!sections.add(section)) {
          return refused("has profile " + section + " twice");
        }
        continue;
      }
      int equals = line.indexOf('=');
      if (equals < 1) {
        return refused("line " + number + " is neither a [profile] nor KEY = VALUE");
      }
      if (section.equals(name)) {
        found.put(line.substring(0, equals).strip(), line.substring(equals + 1).strip());
      }
    }
    return profile(name, sections, found);
  }

  private static String section(String line) {
    int end = line.indexOf(']');
    String inside = line.substring(1, end < 0 ? line.length() : end).strip();
    return inside.startsWith("profile ") ? inside.substring("profile ".length()).strip() : inside;
  }

  private static Response<IniProfile> profile(
      String name, Set<String> sections, Map<String, String> found) {
    if (!sections.contains(name)) {
      return refused(
          "has no profile "
              + name
              + "; it has "
              + (sections.isEmpty() ? "none" : String.join(", ", sections))
              + ". Name one of them in spec.credentials.entry");
    }
    List<String> missing =
        Stream.of(ID, SECRET).filter(key -> found.getOrDefault(key, "").isEmpty()).toList();
    if (!missing.isEmpty()) {
      return refused("has no " + String.join(" and no ", missing) + " in profile " + name);
    }
    Optional<String> token =
        Optional.ofNullable(found.get(TOKEN)).filter(value -> !value.isEmpty());
    return Response.of(
        new IniProfile(found.getOrDefault(ID, ""), found.getOrDefault(SECRET, ""), token));
  }

  private static Response<IniProfile> refused(String problem) {
    return Response.failed(
        new Failure.InvalidConfiguration(
            CloudWords.ours("the key of the Secret in spec.credentials.secretRef " + problem)));
  }

  /** What no text may show. */
  List<String> secrets() {
    return Stream.concat(Stream.of(secretAccessKey), sessionToken.stream()).toList();
  }

  /** Nothing of it. */
  @Override
  public String toString() {
    return "IniProfile (hidden)";
  }
}
