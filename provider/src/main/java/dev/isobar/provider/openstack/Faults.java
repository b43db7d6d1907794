package dev.isobar.provider.openstack;

import dev.isobar.provider.external.CloudWords;
import dev.isobar.provider.external.Failure;
import java.util.regex.Pattern;

/**
 * What the fault of a server in status ERROR means. Nova accepts a server first and finds out later
 * that it has no room; then there is no other sign of that than this text.
 */
final class Faults {
  private static final Pattern CAPACITY =
      Pattern.compile(
          "(?i)no valid host|not enough hosts|exhausted all hosts|maximum number of"
              + " retries|insufficient (?:compute )?resources|no more ip"
              + " ?addresses|IpAddressGenerationFailure|no more .* available");

  private static final Pattern QUOTA =
      Pattern.compile("(?i)quota|limit exceeded|maximum number of \\S+ exceeded|VolumeSizeExceeds");

  private static final Pattern CONFIGURATION =
      Pattern.compile(
          "(?i)block device mapping is invalid|could not be found|is unacceptable|invalid image"
              + "|flavor's (?:disk|memory) is too small|is not active|volume type");

  private Faults() {}

  static Failure of(String message) {
    CloudWords words =
        CloudWords.ours(
            message.isBlank()
                ? "the server is in status ERROR, and Nova does not say why"
                : message);
    if (CAPACITY.matcher(message).find()) {
      return new Failure.InsufficientCapacity(words);
    }
    if (QUOTA.matcher(message).find()) {
      return new Failure.QuotaExceeded(words);
    }
    return CONFIGURATION.matcher(message).find()
        ? new Failure.InvalidConfiguration(words)
        : new Failure.ProviderError(words);
  }
}
