package dev.isobar.provider.ec2;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sts.StsClient;

/**
 * Reads what EC2 says of a denied request, which it encodes because it may tell more than the
 * caller may know. Reading needs the right {@code sts:DecodeAuthorizationMessage}.
 */
final class DeniedWords {
  private static final Pattern MESSAGE = Pattern.compile("message:\\s*(\\S+)");

  private final StsClient sts;

  DeniedWords(StsClient sts) {
    this.sts = sts;
  }

  /** Who may not do what to what; empty when it cannot be read. */
  String read(String encoded) {
    Matcher message = MESSAGE.matcher(encoded);
    if (!message.find()) {
      return "";
    }
    String blob = message.group(1);
    try {
      return sentence(
          sts.decodeAuthorizationMessage(request -> request.encodedMessage(blob)).decodedMessage());
    } catch (SdkException _) {
      return ""; // EC2's own sentence must do then
    }
  }

  /** The three facts of the decoded JSON that its reader can act on. */
  static String sentence(String decoded) {
    Optional<String> action = field("action", decoded);
    if (action.isEmpty()) {
      return "";
    }
    boolean explicit = decoded.contains("\"explicitDeny\":true");
    return field("arn", decoded).orElse("the provider's identity")
        + " may not "
        + action.get()
        + field("resource", decoded).map(resource -> " on " + resource).orElse("")
        + (explicit ? "; a policy denies it explicitly" : "; no policy allows it");
  }

  private static Optional<String> field(String name, String json) {
    Matcher value = Pattern.compile("\"" + name + "\"\\s*:\\s*\"([^\"]*)\"").matcher(json);
    return value.find() ? Optional.of(value.group(1)) : Optional.empty();
  }
}
