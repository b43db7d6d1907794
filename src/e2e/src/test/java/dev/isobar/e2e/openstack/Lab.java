package dev.isobar.e2e.openstack;

import dev.isobar.apis.compute.CloudEndpoints;
import dev.isobar.provider.external.Account;
import dev.isobar.provider.external.Machines;
import dev.isobar.provider.external.ObservedMachine;
import dev.isobar.provider.external.Response;
import dev.isobar.provider.external.SecretBytes;
import dev.isobar.provider.openstack.OpenStackAccess;
import dev.isobar.testbed.cache.UserCache;
import dev.isobar.testbed.kubernetes.Await;
import dev.isobar.testbed.openstack.OpenStackCloud;
import dev.isobar.testbed.plane.Project;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The one OpenStack of all suites, and accounts in its project. */
public final class Lab {

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

  /** The ids of its project's servers that are the provider's. */
  static Set<String> servers() {
    return switch (machines().list()) {
      case Response.Answered<List<ObservedMachine>>(var all) ->
          all.stream().map(ObservedMachine::id).collect(Collectors.toSet());
      case Response.Failed<List<ObservedMachine>>(var failure) -> throw new AssertionError(failure);
    };
  }

  /** Its project's machines by other credentials or other ways. */
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

  /** Waits for what there is to see to be as it is waited for, and shows it when it never is. */
  static <T> void await(String what, Supplier<T> look, Predicate<T> holds) {
    var _ = Await.PATIENT.until(what, look, holds);
  }
}
