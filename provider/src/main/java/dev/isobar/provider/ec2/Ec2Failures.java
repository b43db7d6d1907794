package dev.isobar.provider.ec2;

import dev.isobar.provider.external.CloudWords;
import dev.isobar.provider.external.Failure;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Collection;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.core5.http.ConnectionRequestTimeoutException;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;

/** Turns what the SDK throws into how a call ended. */
final class Ec2Failures {
  /** What the SDK adds to its messages, different from one time to the next. */
  private static final Pattern ADDED =
      Pattern.compile("\\s*\\((?:Service:|SDK Attempt Count:)[^)]*\\)");

  /** What was denied, as only STS can read it; a kilobyte, different every time. */
  private static final Pattern ENCODED =
      Pattern.compile("\\s*Encoded authorization failure message:\\s*\\S+");

  private static final Pattern SECONDS = Pattern.compile("[0-9]{1,5}");

  /** No connection became free in time, so nothing was sent. */
  private static final CloudWords ALL_IN_USE =
      CloudWords.ours("all connections to AWS are in use by requests that have no answer yet");

  private final Collection<String> secrets;
  private final UnaryOperator<String> decode;

  /**
   * Failures of one account.
   *
   * @param secrets that no words may show
   * @param decode reads an encoded message of what was denied: a sentence, or an empty text when it
   *     cannot be read
   */
  Ec2Failures(Collection<String> secrets, UnaryOperator<String> decode) {
    this.secrets = secrets;
    this.decode = decode;
  }

  /** How a call ended that threw this. */
  <T> CallEnd<T> end(SdkException thrown) {
    if (thrown instanceof AwsServiceException service) {
      return end(service);
    }
    if (isCause(thrown, ConnectionRequestTimeoutException.class)) {
      return new CallEnd.Refused<>("", new Failure.CloudUnreachable(ALL_IN_USE));
    }
    CloudWords words = words(ADDED.matcher(said(thrown)).replaceAll(""));
    if (hasNoCredentials(thrown)) {
      return new CallEnd.Refused<>("", new Failure.AuthenticationFailed(words));
    }
    var unreachable = new Failure.CloudUnreachable(words);
    return neverLeft(thrown)
        ? new CallEnd.Refused<>("", unreachable)
        : new CallEnd.Lost<>(unreachable);
  }

  private <T> CallEnd<T> end(AwsServiceException thrown) {
    AwsErrorDetails details = thrown.awsErrorDetails();
    String code = details == null ? "" : orEmpty(details.errorCode());
    int status = thrown.statusCode();
    Failure failure =
        FailureCodes.of(code, status, words(text(thrown, details, code)), retryAfter(details));
    return FailureCodes.certain(code, status)
        ? new CallEnd.Refused<>(code, failure)
        : new CallEnd.Lost<>(failure);
  }

  /** The code and EC2's sentence; the code alone says more to those who search for it. */
  private String text(AwsServiceException thrown, @Nullable AwsErrorDetails details, String code) {
    String sentence = details == null ? "" : orEmpty(details.errorMessage());
    if (code.isEmpty() && sentence.isEmpty()) {
      return "HTTP " + thrown.statusCode() + " without a reason";
    }
    var encoded = ENCODED.matcher(sentence);
    String denied = encoded.find() ? decode.apply(encoded.group().strip()) : "";
    String plain = encoded.reset().replaceAll("");
    // A colon behind the code would make some codes look like the name of a secret.
    return code + " - " + (denied.isEmpty() ? plain : denied);
  }

  private static Optional<Duration> retryAfter(@Nullable AwsErrorDetails details) {
    if (details == null || details.sdkHttpResponse() == null) {
      return Optional.empty();
    }
    return details
        .sdkHttpResponse()
        .firstMatchingHeader("Retry-After")
        .filter(value -> SECONDS.matcher(value).matches())
        .map(value -> Duration.ofSeconds(Long.parseLong(value)));
  }

  private static boolean hasNoCredentials(SdkException thrown) {
    String message = orEmpty(thrown.getMessage());
    return thrown instanceof SdkClientException
        && (message.startsWith("Unable to load credentials")
            || message.startsWith("Failed to load credentials"));
  }

  /** Whether no byte of the request can have reached EC2. */
  private static boolean neverLeft(Throwable thrown) {
    return isCause(
        thrown,
        ConnectException.class,
        UnknownHostException.class,
        NoRouteToHostException.class,
        ConnectTimeoutException.class);
  }

  private static boolean isCause(Throwable thrown, Class<?>... kinds) {
    for (Throwable one = thrown; one != null; one = one.getCause()) {
      Throwable cause = one;
      if (Stream.of(kinds).anyMatch(kind -> kind.isInstance(cause))) {
        return true;
      }
    }
    return false;
  }

  private static String said(SdkException thrown) {
    String message = orEmpty(thrown.getMessage());
    Throwable cause = thrown.getCause();
    String reason = cause == null ? "" : orEmpty(cause.getMessage());
    return message.contains(reason) ? message : message + ": " + reason;
  }

  /** Words of EC2, without secrets. */
  CloudWords words(String raw) {
    return CloudWords.of(raw, secrets);
  }

  private static String orEmpty(@Nullable String text) {
    return text == null ? "" : text;
  }
}
