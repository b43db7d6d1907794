package dev.isobar.function.contract;

/**
 * A user's mistake.
 *
 * @param path where it stands, for example {@code spec.pools[1].machineType}; of a Cloud or the
 *     settings, with the object's name in front
 * @param problem what is wrong there
 * @param remedy what to do instead, with the nearest valid value where there is one
 */
public record Mistake(String path, String problem, String remedy) {
  /** The mistake as one sentence. */
  public String sentence() {
    return path + ": " + problem + "; " + remedy;
  }
}
