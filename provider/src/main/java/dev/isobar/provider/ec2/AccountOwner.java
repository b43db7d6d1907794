package dev.isobar.provider.ec2;

import dev.isobar.provider.external.CloudWords;
import dev.isobar.provider.external.Failure;
import dev.isobar.provider.external.Machines;
import dev.isobar.provider.external.Response;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sts.StsClient;

/**
 * Whose account some credentials lead to. STS tells everybody, without a right to ask. It is asked
 * once for each key, which never comes to belong to another account; the keys of a pod's identity
 * or of a role are others after a while, and may be those of another role.
 */
final class AccountOwner {
  private final StsClient sts;
  private final AwsCredentialsProvider credentials;
  private final Ec2Failures failures;
  private volatile @Nullable Known known;

  /**
   * An owner that is not known yet.
   *
   * @param credentials whose owner it is; those that STS is asked with
   */
  AccountOwner(StsClient sts, AwsCredentialsProvider credentials, Ec2Failures failures) {
    this.sts = sts;
    this.credentials = credentials;
    this.failures = failures;
  }

  /** The account that a key leads to. */
  private record Known(String key, String number) {}

  /** The account, as {@link Machines#account} names it. */
  Response<String> account(String region) {
    return switch (number()) {
      case Response.Failed<String> failed -> failed;
      case Response.Answered<String>(var number) -> Response.of("EC2/" + region + "/" + number);
    };
  }

  /** Its number. */
  private Response<String> number() {
    String key;
    String number;
    try {
      key = credentials.resolveCredentials().accessKeyId();
      Known before = known;
      if (before != null && before.key().equals(key)) {
        return Response.of(before.number());
      }
      number = sts.getCallerIdentity().account();
    } catch (SdkException thrown) {
      return failures.<String>end(thrown).answer(text -> text);
    }
    if (number == null || number.isEmpty()) {
      return Response.failed(
          new Failure.ProviderError(
              CloudWords.ours("STS does not say whose credentials these are")));
    }
    known = new Known(key, number);
    return Response.of(number);
  }
}
