package dev.isobar.provider.decide;

import java.time.Duration;
import java.time.Instant;

/**
 * The listing of a cloud that all its settled objects keep time by.
 *
 * @param begun when the cloud was asked for it
 * @param serves how long a listing of this size serves
 */
public record Listed(Instant begun, Duration serves) {
  /**
   * When an object is due that is looked at this often: all of a cloud shortly one after the other,
   * so that the first has the cloud listed and the others find that listing young.
   */
  Instant next(Duration interval) {
    return begun.plus(interval.compareTo(serves) < 0 ? serves : interval);
  }
}
