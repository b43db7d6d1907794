package dev.isobar.provider.ec2;

import dev.isobar.provider.external.CloudWords;
import dev.isobar.provider.external.Failure;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What EC2's and STS's error codes mean. Codes that are not known are sorted by what they end or
 * begin with, then by the status of the reply.
 *
 * @see <a href="https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html">Error
 *     codes for the Amazon EC2 API</a>
 */
final class FailureCodes {
  private static final Set<String> CAPACITY =
      Set.of(
          "InsufficientInstanceCapacity",
          "InsufficientReservedInstanceCapacity",
          "InsufficientHostCapacity",
          "InsufficientCapacity",
          "InsufficientVolumeCapacity",
          "InsufficientAddressCapacity",
          "InsufficientFreeAddressesInSubnet",
          "ReservationCapacityExceeded",
          "SpotMaxPriceTooLow",
          "Server.InsufficientInstanceCapacity");

  private static final Set<String> QUOTA =
      Set.of("MaxSpotInstanceCountExceeded", "ResourceCountExceeded", "Client.VolumeLimitExceeded");

  private static final Set<String> THROTTLED =
      Set.of(
          "RequestLimitExceeded",
          "Throttling",
          "ThrottlingException",
          "ThrottledException",
          "RequestThrottled",
          "RequestThrottledException",
          "EC2ThrottledException",
          "TooManyRequestsException",
          "BandwidthLimitExceeded",
          "SlowDown");

  private static final Set<String> AUTHENTICATION =
      Set.of(
          "AuthFailure",
          "UnauthorizedOperation",
          "AccessDenied",
          "AccessDeniedException",
          "Blocked",
          "OptInRequired",
          "PendingVerification",
          "ExpiredToken",
          "ExpiredTokenException",
          "RequestExpired",
          "IncompleteSignature",
          "SignatureDoesNotMatch",
          "InvalidClientTokenId",
          "InvalidIdentityToken",
          "MissingAuthenticationToken",
          "MissingAuthenticationTokenException",
          "RegionDisabledException",
          "UnrecognizedClientException",
          "ValidationException.InvalidSignature");

  private static final Set<String> BUSY =
      Set.of(
          "IncorrectInstanceState",
          "IncorrectState",
          "ConcurrentTagAccess",
          "InvalidIPAddress.InUse",
          "PriorRequestNotComplete",
          "ResourceAlreadyAssigned",
          "VolumeInUse");

  private static final Set<String> CONFIGURATION =
      Set.of(
          "OperationNotPermitted",
          "TagLimitExceeded",
          "TagPolicyViolation",
          "Client.InternalError",
          "Client.InvalidSnapshot.NotFound",
          "UnknownParameter",
          "UnknownPrincipalType.Unsupported",
          "DependencyViolation",
          "RouteTableLimitExceeded",
          "SecurityGroupsPerInstanceLimitExceeded",
          "SecurityGroupsPerInterfaceLimitExceeded",
          "AttachmentLimitExceeded",
          "ValidationError");

  /** What most mistakes in a request are called. */
  private static final List<String> CONFIGURATION_BEGINS =
      List.of("Invalid", "Malformed", "Missing", "Unsupported", "MissingParameter", "Unknown");

  private FailureCodes() {}

  /**
   * What a refusal means.
   *
   * @param code as EC2 spells it; empty when the reply had none
   * @param status of HTTP; 0 when there was no reply
   * @param retryAfter how long the reply asks to wait
   */
  static Failure of(String code, int status, CloudWords words, Optional<Duration> retryAfter) {
    if (THROTTLED.contains(code) || status == 429) {
      return new Failure.Throttled(words, retryAfter);
    }
    if (CAPACITY.contains(code) || (code.equals("Unsupported") && namesAZone(words))) {
      return new Failure.InsufficientCapacity(words);
    }
    if (AUTHENTICATION.contains(code) || (code.isEmpty() && (status == 401 || status == 403))) {
      return new Failure.AuthenticationFailed(words);
    }
    if (BUSY.contains(code)) {
      return new Failure.Busy(words);
    }
    if (CONFIGURATION.contains(code)) {
      return new Failure.InvalidConfiguration(words);
    }
    if (QUOTA.contains(code) || code.endsWith("LimitExceeded") || code.endsWith("QuotaExceeded")) {
      return new Failure.QuotaExceeded(words);
    }
    if (status < 500 && CONFIGURATION_BEGINS.stream().anyMatch(code::startsWith)) {
      return new Failure.InvalidConfiguration(words, namesAType(code, words));
    }
    return status >= 500 ? new Failure.CloudUnreachable(words) : new Failure.ProviderError(words);
  }

  /** The type exists, but not there; another zone may have it. */
  private static boolean namesAZone(CloudWords words) {
    return words.text().contains("Availability Zone");
  }

  /** There is no such type in the region; another one may be. */
  private static boolean namesAType(String code, CloudWords words) {
    return code.equals("InvalidInstanceType") || words.text().contains("for InstanceType");
  }

  /** Whether nothing was done, and nothing will be, when a reply says this. */
  static boolean certain(String code, int status) {
    return status < 500
        || THROTTLED.contains(code)
        || CAPACITY.contains(code)
        || QUOTA.contains(code)
        || code.endsWith("LimitExceeded");
  }

  /** Whether EC2 wants fewer requests. */
  static boolean throttled(String code, int status) {
    return THROTTLED.contains(code) || status == 429;
  }
}
