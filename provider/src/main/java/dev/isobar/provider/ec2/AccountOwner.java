package dev.isobar.provider.ec2;

import dev.isobar.provider.external.CloudWords;
import dev.isobar.provider.external.Failure;
import dev.isobar.provider.external.Response;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sts.StsClient;

/**
 * Whose account some credentials lead to. STS tells everybody, without a right to ask; it is asked
 * once, because keys and roles never come to belong to another account.
 */
final class AccountOwner {
  private final StsClient sts;
  private final Ec2Failures failures;
  private volatile @Nullable String known;

  AccountOwner(StsClient sts, Ec2Failures failures) {
    this.sts = sts;
    this.failures = failures;
  }

  /** Its number. */
  Response<String> number() {
    String number = known;
    if (number != null) {
      return Response.of(number);
    }
    try {
      number = sts.getCallerIdentity().account();
    } catch (SdkException thrown) {
      return failures.<String>end(thrown).answer(text -> text);
    }
    if (number == null || number.isEmpty()) {
      return Response.failed(
          new Failure.ProviderError(
              CloudWords.ours("STS does not say whose credentials these are")));
    }
    known = number;
    return Response.of(number);
  }
}
