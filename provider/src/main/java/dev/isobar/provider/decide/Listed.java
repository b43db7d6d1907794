package dev.isobar.provider.decide;

import java.time.Duration;

/**
 * The listing of a cloud that all its settled objects keep time by.
 *
 * @param age how long ago the cloud was asked for it
 * @param serves how long a listing of this size serves
 */
public record Listed(Duration age, Duration serves) {
  /**
   * How long until an object is due that is looked at this often: all of a cloud shortly one after
   * the other, so that the first has the cloud listed and the others find that listing young.
   */
  Duration next(Duration interval) {
    return (interval.compareTo(serves) < 0 ? serves : interval).minus(age);
  }
}
