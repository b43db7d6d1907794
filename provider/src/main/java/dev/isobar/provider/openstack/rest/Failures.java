package dev.isobar.provider.openstack.rest;

import dev.isobar.apis.tree.Tree;
import dev.isobar.provider.external.CloudWords;
import dev.isobar.provider.external.Failure;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What statuses and bodies of OpenStack's services mean. Each service has its own form: Nova and
 * Cinder {@code {"badRequest": {"code", "message"}}}, Neutron {@code {"NeutronError": {"type",
 * "message"}}}, Keystone {@code {"error": {"message"}}}, Glance and load balancers a page of HTML.
 */
final class Failures {
  private static final Pattern TITLE =
      Pattern.compile("(?is)<title>\\s*(.*?)\\s*</title>(?:.*?<body>(.*?)</body>)?");
  private static final Pattern MARKUP = Pattern.compile("<[^>]*>");

  /** Nova's validation repeats what was sent, whatever that was. */
  private static final Pattern REPEATED =
      Pattern.compile(
          "(Invalid input for field/attribute \\S+?\\.) Value: .*?\\. (?=\\S)", Pattern.DOTALL);

  private static final Pattern QUOTA =
      Pattern.compile(
          "(?i)quota|maximum number of \\S+ exceeded|limit exceeded|exceeds? the limit");

  /** Types of Neutron's errors that tell of used-up addresses. */
  private static final List<String> USED_UP =
      List.of("IpAddressGenerationFailure", "ExternalIpAddressExhausted", "NoMoreIpAddresses");

  /** Types of Neutron's errors whose cause is in the spec, though they come as conflicts. */
  private static final List<String> TAKEN = List.of("IpAddressInUse", "IpAddressAlreadyAllocated");

  private Failures() {}

  /**
   * The failure an answer tells of.
   *
   * @param status from 300 on
   * @param headers names in lower case
   * @param secrets what must not show
   * @param now to count from when the cloud says at which time to come again
   */
  static Failure of(
      String asked,
      int status,
      Map<String, String> headers,
      byte[] body,
      Collection<String> secrets,
      Instant now) {
    Optional<Tree> json = JsonBytes.read(body);
    String said = json.flatMap(Failures::message).orElseGet(() -> page(body));
    String text = REPEATED.matcher(said).replaceAll("$1 ");
    CloudWords words =
        CloudWords.of(
            text.isBlank() ? asked + " is answered with status " + status : text, secrets);
    Optional<Duration> patience =
        Optional.ofNullable(headers.get("retry-after")).flatMap(value -> patience(value, now));
    return of(status, text, json.map(Failures::type).orElse(""), words, patience);
  }

  private static Failure of(
      int status, String text, String type, CloudWords words, Optional<Duration> patience) {
    boolean quota = QUOTA.matcher(text).find() || type.equals("OverQuota");
    return switch (status) {
      case 401 -> new Failure.AuthenticationFailed(words);
      case 403 ->
          quota ? new Failure.QuotaExceeded(words) : new Failure.AuthenticationFailed(words);
      case 409 -> conflict(quota, type, words);
      case 413 ->
          patience.isPresent() || !quota
              ? new Failure.Throttled(words, patience)
              : new Failure.QuotaExceeded(words);
      case 429 -> new Failure.Throttled(words, patience);
      case 408, 502, 504 -> new Failure.CloudUnreachable(words);
      case 503 ->
          USED_UP.contains(type)
              ? new Failure.InsufficientCapacity(words)
              : patience.isPresent()
                  ? new Failure.Throttled(words, patience)
                  : new Failure.CloudUnreachable(words);
      case 501 -> new Failure.InvalidConfiguration(words);
      default ->
          USED_UP.contains(type) || (status == 400 && lacksZone(text))
              ? new Failure.InsufficientCapacity(words)
              : status >= 500
                  ? new Failure.ProviderError(words)
                  : new Failure.InvalidConfiguration(words);
    };
  }

  /** Nova says so of a zone whose hosts are all down, and of one that never was. */
  private static boolean lacksZone(String text) {
    return text.contains("requested availability zone is not available");
  }

  private static Failure conflict(boolean quota, String type, CloudWords words) {
    if (quota) {
      return new Failure.QuotaExceeded(words);
    }
    if (USED_UP.contains(type)) {
      return new Failure.InsufficientCapacity(words);
    }
    return TAKEN.contains(type) ? new Failure.InvalidConfiguration(words) : new Failure.Busy(words);
  }

  /** The field "message" of whatever object is inside. */
  private static Optional<String> message(Tree body) {
    return body.fields().stream()
        .map(body::at)
        .flatMap(inner -> Stream.concat(inner.at("message").text().stream(), inner.text().stream()))
        .filter(text -> !text.isBlank())
        .findFirst();
  }

  private static String type(Tree body) {
    return body.at("NeutronError", "type").text().orElse("");
  }

  private static String page(byte[] body) {
    String text = new String(body, StandardCharsets.UTF_8);
    Matcher title = TITLE.matcher(text);
    if (!title.find()) {
      return "";
    }
    String rest =
        title.group(2) == null ? "" : ": " + MARKUP.matcher(title.group(2)).replaceAll(" ");
    return title.group(1) + rest;
  }

  /** Seconds, or a date as HTTP writes it. */
  static Optional<Duration> patience(String value, Instant now) {
    String text = value.strip();
    if (text.matches("[0-9]{1,9}")) {
      return Optional.of(Duration.ofSeconds(Long.parseLong(text)));
    }
    try {
      Instant at =
          ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME.withLocale(Locale.ROOT))
              .toInstant();
      Duration wait = Duration.between(now, at);
      return Optional.of(wait.isNegative() ? Duration.ZERO : wait);
    } catch (DateTimeException _) {
      return Optional.empty(); // a header of no meaning is as none
    }
  }
}
