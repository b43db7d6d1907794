package dev.isobar.e2e.packages;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.e2e.plane.OnControlPlane;
import dev.isobar.e2e.plane.Planes;
import dev.isobar.packaging.oci.Digest;
import dev.isobar.packaging.release.MadePackage;
import dev.isobar.packaging.xpkg.Organisation;
import dev.isobar.packaging.xpkg.PackageKind;
import dev.isobar.testbed.crossplane.PackageRuntime;
import dev.isobar.testbed.kubernetes.Reference;
import dev.isobar.testbed.plane.ControlPlane;
import dev.isobar.testbed.plane.Options;
import dev.isobar.testbed.process.Ports;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A management cluster that cannot reach the place by which packages are called: they are carried
 * as files into a registry of its own, and keep their names.
 */
@OnControlPlane
final class MirrorTest {
  /** Nobody is there. */
  private static final Organisation ELSEWHERE = Organisation.of("xpkg.crossplane.io/isobar");

  @TempDir Path folder;

  @Test
  void filesThatWereCarriedOverAreFoundUnderTheNamesThatTheyHad() throws Exception {
    try (ControlPlane plane = Planes.own("mirrored", Options.ofPackages())) {
      Installation mirror = Installation.withRegistry(plane);
      Built built = Built.into(folder.resolve("packages"), ELSEWHERE, Built.Cache.WITHOUT);
      for (MadePackage made : built.packages()) {
        mirror.push(made, Built.VERSION);
        String manifest = mirror.manifest(made.kind(), Built.VERSION);
        assertThat(Digest.of(manifest.getBytes(StandardCharsets.UTF_8)))
            .as("made anew by Crossplane's command line")
            .isNotEqualTo(made.image().manifest().digest());
        assertThat(manifest)
            .contains(
                made.image().layers().stream().map(one -> one.blob().digest().hex()).toList());
      }

      Guide guide = Guide.of(mirror.home());
      var _ = plane.kubernetes().apply(guide.mirror());
      var _ = plane.kubectl("apply", "-k", guide.kustomization(folder.resolve("platform")));
      var installation = new Installation(plane, ELSEWHERE);
      installation.install(PackageKind.CONFIGURATION_ISOBAR, Built.VERSION);
      PackageRuntime runtime = plane.core().packages();
      runtime.provider(installation.revision(installation.provider(), Built.VERSION));
      var _ =
          runtime.function(
              installation.revision(installation.function(), Built.VERSION), Ports.free());

      Reference configuration = installation.configuration(PackageKind.CONFIGURATION_ISOBAR);
      for (Reference installed :
          List.of(installation.function(), installation.provider(), configuration)) {
        installation.awaitHealthy(installed);
        installation.awaitTaken(installed, Built.VERSION, "mirror", "RewriteImage");
      }
      installation.awaitDeployed(Built.VERSION, mirror);
    }
  }
}
