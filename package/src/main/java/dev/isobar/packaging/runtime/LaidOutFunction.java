package dev.isobar.packaging.runtime;

import dev.isobar.packaging.oci.FileTree;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The function as its image has it, laid out in a folder of this machine for those who measure it:
 * linked by the same lines, of the same jars, with the same flags, and with a cache of classes out
 * of the same rehearsal.
 *
 * @param withCache what starts it with its cache, and ends where that cannot be used
 * @param withoutCache what starts it without one
 */
public record LaidOutFunction(List<String> withCache, List<String> withoutCache) {
  /** Copies. */
  public LaidOutFunction {
    withCache = List.copyOf(withCache);
    withoutCache = List.copyOf(withoutCache);
  }

  /**
   * Lays it out and rehearses it, which takes about a minute. The runtime may need libraries of
   * this machine, which an image's may not.
   *
   * @param checkout of this project, built
   * @param time of all files, as in images
   * @param workshop an empty folder, which has to stay as long as the function is started
   */
  public static LaidOutFunction rehearse(
      Path checkout, Instant time, Path workshop, Rehearsal rehearsal) throws IOException {
    ClassPath path = ClassPath.of(checkout, ShippedProgram.FUNCTION).plain(time, workshop);
    FileTree runtime = new JavaRuntime(workshop).layerForHere();
    AotCache cache = AotCache.train(path, runtime, time, workshop, rehearsal);
    Path root = AotCache.root(workshop);
    return new LaidOutFunction(
        command(path, root, List.of("-XX:AOTCache=" + cache.file(), "-XX:AOTMode=on")),
        command(path, root, List.of()));
  }

  private static List<String> command(ClassPath path, Path root, List<String> flags) {
    var words = new ArrayList<String>();
    words.add(JavaRuntime.program(root).toString());
    words.addAll(flags);
    words.addAll(path.start(root));
    return words;
  }
}
