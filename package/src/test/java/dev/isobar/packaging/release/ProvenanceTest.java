package dev.isobar.packaging.release;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.packaging.oci.BlobStore;
import dev.isobar.packaging.oci.Digest;
import dev.isobar.packaging.oci.Execution;
import dev.isobar.packaging.oci.OciImage;
import dev.isobar.packaging.runtime.Component;
import dev.isobar.packaging.runtime.Rehearsal;
import dev.isobar.packaging.xpkg.Organisation;
import dev.isobar.packaging.xpkg.PackageKind;
import dev.isobar.packaging.xpkg.Version;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ProvenanceTest {
  private static final Sources CLEAN = new Sources(Optional.of("c0ffee"), false);
  private static final Rehearsal QUIET = (address, certificates) -> {};

  @TempDir Path folder;

  @Test
  void saysWhatWasMadeOfWhat() throws IOException {
    MadePackage made = made();
    var netty =
        new Component(
            "netty",
            "4.2",
            Optional.of("pkg:maven/io.netty/netty@4.2"),
            Optional.of(new Digest("b")));
    var jdk =
        new Component("OpenJDK", "25", Optional.of("pkg:generic/openjdk@25"), Optional.empty());
    String file = Digest.of("content".getBytes(StandardCharsets.UTF_8)).hex();
    assertThat(statement(CLEAN, Optional.of(QUIET), made, List.of(netty, jdk)))
        .isEqualTo(
            "{'_type':'https://in-toto.io/Statement/v1','subject':["
                + "{'name':'ghcr.io/acme/function-isobar','digest':{'sha256':'"
                + made.digest().hex()
                + "'}},{'name':'function-isobar-v1.0.0.xpkg','digest':{'sha256':'"
                + file
                + "'}}],'predicateType':'https://slsa.dev/provenance/v1','predicate':{"
                + "'buildDefinition':{'buildType':'https://isobar.dev/package/v1',"
                + "'externalParameters':"
                + "{'version':'v1.0.0','home':'ghcr.io/acme',"
                + "'architecture':'amd64','cache':true},"
                + "'resolvedDependencies':[{'name':'sources','uri':'git+https://isobar.dev',"
                + "'digest':{'gitCommit':'c0ffee'}},"
                + "{'name':'netty','uri':'pkg:maven/io.netty/netty@4.2','digest':{'sha256':'b'}},"
                + "{'name':'OpenJDK','uri':'pkg:generic/openjdk@25'}]},"
                + "'runDetails':{'builder':{'id':'https://isobar.dev/isobar-package'}}}}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "c0ffee | false | ,'digest':{'gitCommit':'c0ffee'}}         | a commit is a digest of"
            + " files",
        "c0ffee | true  | ,'annotations':{'modifiedFrom':'c0ffee'}} | changed files are not it",
        "''     | false | }                                         | an archive has no commit",
      })
  void namesTheCommitThatItIs(String commit, boolean modified, String told, String reason)
      throws IOException {
    Sources sources = new Sources(Optional.of(commit).filter(c -> !c.isEmpty()), modified);
    assertThat(statement(sources, Optional.empty(), made(), List.of()))
        .as(reason)
        .contains("[{'name':'sources','uri':'git+https://isobar.dev'" + told + "]")
        .contains("'cache':false");
  }

  private static String statement(
      Sources sources, Optional<Rehearsal> rehearsal, MadePackage made, List<Component> components)
      throws IOException {
    ReleaseWish wish =
        new ReleaseWish(
            Path.of("unused"),
            new Organisation("ghcr.io", "acme"),
            new Version("v1.0.0"),
            Optional.empty(),
            rehearsal);
    return new Provenance(wish, sources).of(made, components).replace('"', '\'');
  }

  private MadePackage made() throws IOException {
    Path blobs = Files.createDirectories(folder.resolve("blobs"));
    var store = new BlobStore(blobs, Instant.EPOCH);
    OciImage image = OciImage.of(store, "amd64", Execution.none(Map.of()), List.of());
    Path file = Files.writeString(folder.resolve("function-isobar-v1.0.0.xpkg"), "content");
    return new MadePackage(PackageKind.FUNCTION_ISOBAR, image, file);
  }
}
