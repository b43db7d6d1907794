package dev.isobar.apis.schema;

import java.time.Duration;

/**
 * A length of time as users write it: {@code 90s}, {@code 30m}, {@code 1h30m}, {@code 7d}.
 *
 * @param text as the user wrote it, checked
 */
@Text(
    pattern = "([0-9]{1,7}[dhms]){1,4}",
    says = "a time such as 90s, 30m, 1h30m or 7d",
    maxLength = 32)
public record Span(String text) {
  /** The length of time. */
  public Duration duration() {
    Duration sum = Duration.ZERO;
    long number = 0;
    for (int i = 0; i < text.length(); i++) {
      char sign = text.charAt(i);
      if (Character.isDigit(sign)) {
        number = number * 10 + Character.digit(sign, 10);
        continue;
      }
      sum =
          switch (sign) {
            case 'd' -> sum.plusDays(number);
            case 'h' -> sum.plusHours(number);
            case 'm' -> sum.plusMinutes(number);
            default -> sum.plusSeconds(number);
          };
      number = 0;
    }
    return sum;
  }

  /** The length of time in seconds. */
  public long seconds() {
    return duration().toSeconds();
  }
}
