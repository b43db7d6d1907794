package dev.isobar.e2e.openstack;

import dev.isobar.apis.compute.CloudEndpoints;
import dev.isobar.provider.external.Account;
import dev.isobar.provider.external.Machines;
import dev.isobar.provider.external.Response;
import dev.isobar.provider.external.SecretBytes;
import dev.isobar.provider.openstack.OpenStackAccess;
import dev.isobar.testbed.build.UserCache;
import dev.isobar.testbed.openstack.OpenStackCloud;
import dev.isobar.testbed.plane.Project;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** The one OpenStack of all suites, and accounts in its project. */
public final class Lab {
  private static final Duration PATIENCE = Duration.ofMinutes(4);
  private static final Duration PAUSE = Duration.ofMillis(200);

  private static @Nullable OpenStackCloud cloud;

  private Lab() {}

  /** Started now if it is not there yet. */
  public static synchronized OpenStackCloud cloud() {
    OpenStackCloud known = cloud;
    if (known == null) {
      Project project = Project.here();
      Path cache = UserCache.folder(System.getenv(), Path.of(System.getProperty("user.home")));
      long start = System.nanoTime();
      known =
          OpenStackCloud.start(
              project,
              cache.resolve("testbed"),
              project.root().resolve("src/e2e/target/openstack"));
      cloud = known;
      System.err.printf(
          "isobar: OpenStack is up after %d s, its logs are in %s%n",
          (System.nanoTime() - start) / 1_000_000_000, known.logs());
    }
    return known;
  }

  static synchronized void end() {
    if (cloud != null) {
      cloud.close();
      cloud = null;
    }
  }

  /** Its project's machines. */
  static Machines machines() {
    return machines(cloud().cloudsYaml(), Map.of(), new OpenStackAccess(InstantSource.system()));
  }

  /** The same by other credentials or other ways. */
  static Machines machines(
      String cloudsYaml, Map<String, String> overrides, OpenStackAccess access) {
    var account =
        new Account(
            "RegionOne",
            new CloudEndpoints(overrides, CloudEndpoints.Reach.Public),
            Optional.of(new SecretBytes(cloudsYaml.getBytes(StandardCharsets.UTF_8))),
            "lab",
            Optional.empty());
    return switch (access.open(account)) {
      case Response.Answered<Machines>(var machines) -> machines;
      case Response.Failed<Machines>(var failure) -> throw new AssertionError(failure);
    };
  }

  /** Waits for something to hold. */
  static void await(String what, BooleanSupplier holds) {
    long start = System.nanoTime();
    while (!holds.getAsBoolean()) {
      if (System.nanoTime() - start > PATIENCE.toNanos()) {
        throw new AssertionError("after %d s still not: %s".formatted(PATIENCE.toSeconds(), what));
      }
      try {
        TimeUnit.NANOSECONDS.sleep(PAUSE.toNanos());
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
        throw new AssertionError("interrupted", interrupted);
      }
    }
  }
}
