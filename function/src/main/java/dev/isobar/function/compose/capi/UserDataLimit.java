package dev.isobar.function.compose.capi;

import dev.isobar.apis.compute.CloudSpec;
import dev.isobar.function.compose.plan.ClusterPlan;
import dev.isobar.function.compose.plan.Keys;
import dev.isobar.function.compose.plan.Mistakes;
import dev.isobar.function.compose.plan.PoolPlan;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * Checks that what is written on a machine fits into its user data. Nova takes 65,535 bytes of
 * base64, which are 49,151; Cluster API's certificates, keys and own commands take up to 16 KiB of
 * them. EC2 takes 16,384 bytes; Cluster API's AWS provider gets around that and ours does not,
 * whose machines are no control plane and need 4 KiB of them; nor does it for nodes of EKS.
 */
public final class UserDataLimit {
  private static final int MOST = 32 * 1024;
  private static final int MOST_ON_EC2 = 12 * 1024;

  /** cloud-init's YAML begins each line of a file with this many blanks. */
  private static final int INDENT = 6;

  private UserDataLimit() {}

  /**
   * Checks the objects that new machines of a cluster are made from.
   *
   * @param objects what shall exist, by composition resource name
   */
  public static void check(
      ClusterPlan plan, SortedMap<String, SortedMap<String, Object>> objects, Mistakes mistakes) {
    if (!plan.managed()) {
      check(objects.get(Keys.CONTROL_PLANE), "the control plane", "spec.nodes", MOST, mistakes);
    }
    boolean onEc2 = plan.cloud().spec().provider() == CloudSpec.Provider.EC2;
    for (int i = 0; i < plan.pools().size(); i++) {
      PoolPlan pool = plan.pools().get(i);
      check(
          objects.get(Keys.bootstrap(pool.name(), pool.bootstrapHash())),
          "pool " + pool.name(),
          "spec.pools[" + i + "]",
          plan.managed() || (pool.ownMachines() && onEc2) ? MOST_ON_EC2 : MOST,
          mistakes);
    }
  }

  private static void check(
      @Nullable SortedMap<String, Object> object,
      String whose,
      String path,
      int most,
      Mistakes mistakes) {
    long bytes = object == null ? 0 : size(object.get("spec"));
    if (bytes > most) {
      mistakes.add(
          path,
          "what is written on each machine of "
              + whose
              + " comes to "
              + bytes
              + " bytes, and its user data has room for "
              + most,
          "name fewer or smaller trustedAuthorities, registryMirrors or flags, or put"
              + " certificates into the machine image");
    }
  }

  private static long size(@Nullable Object value) {
    return switch (value) {
      case String text ->
          text.getBytes(StandardCharsets.UTF_8).length
              + INDENT * text.chars().filter(sign -> sign == '\n').count();
      case Map<?, ?> map ->
          map.entrySet().stream().mapToLong(one -> size(one.getKey()) + size(one.getValue())).sum();
      case List<?> list -> list.stream().mapToLong(UserDataLimit::size).sum();
      case null, default -> Long.BYTES;
    };
  }
}
