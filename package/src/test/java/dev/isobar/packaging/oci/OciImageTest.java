package dev.isobar.packaging.oci;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class OciImageTest {

  @TempDir Path folder;
  private BlobStore store;

  @BeforeEach
  void open() throws IOException {
    store =
        new BlobStore(
            Files.createDirectories(folder.resolve("blobs")),
            Instant.parse("2026-01-01T00:00:00Z"));
  }

  @Test
  void saysWhatIsRunAndOfWhat() throws IOException {
    Layer layer = layer().with("io.crossplane.xpkg", "base");
    var execution =
        new Execution(
            "65532:65532",
            List.of("/bin/x", "@/y"),
            List.of("9443/tcp"),
            Map.of("b", "2", "a", "1"));
    OciImage image = OciImage.of(store, "amd64", execution, List.of(layer));

    assertThat(text(image.configuration()))
        .isEqualTo(
            ("{'created':'2026-01-01T00:00:00Z','architecture':'amd64','os':'linux','config':{"
                    + "'User':'65532:65532','ExposedPorts':{'9443/tcp':{}},"
                    + "'Entrypoint':['/bin/x','@/y'],'WorkingDir':'/','Labels':{'a':'1','b':'2'}},"
                    + "'rootfs':{'type':'layers','diff_ids':['"
                    + layer.content()
                    + "']},'history':[{'created':'2026-01-01T00:00:00Z','created_by':'a file'}]}")
                .replace('\'', '"'));
    assertThat(text(image.manifest()))
        .isEqualTo(
            ("{'schemaVersion':2,'mediaType':'application/vnd.oci.image.manifest.v1+json','config':{"
                 + "'mediaType':'application/vnd.oci.image.config.v1+json','digest':'"
                    + image.configuration().digest()
                    + "','size':"
                    + Files.size(image.configuration().file())
                    + "},'layers':[{'mediaType':'application/vnd.oci.image.layer.v1.tar+gzip','digest':'"
                    + layer.blob().digest()
                    + "','size':"
                    + Files.size(layer.blob().file())
                    + ",'annotations':{'io.crossplane.xpkg':'base'}}]}")
                .replace('\'', '"'));
  }

  @Test
  void namesLayersByTheirBytes() throws IOException {
    Layer layer = layer();
    byte[] packed = layer.blob().bytes();
    assertThat(layer.blob().digest()).isEqualTo(Digest.of(packed));
    try (InputStream archive = new GZIPInputStream(Files.newInputStream(layer.blob().file()))) {
      assertThat(layer.content()).isEqualTo(Digest.of(archive.readAllBytes()));
    }
    assertThat(packed)
        .as("no time, no file name: what differs between two runs stands in the first bytes")
        .startsWith(0x1f, 0x8b, 8, 0, 0, 0, 0, 0);
    assertThat(layer().blob().digest()).as("made again").isEqualTo(layer.blob().digest());
  }

  @Test
  void isOneFileForTwoKindsOfReaders() throws IOException {
    OciImage image = OciImage.of(store, "amd64", Execution.none(Map.of()), List.of(layer()));
    Path file = folder.resolve("x.xpkg");
    ImageArchive.write(image, "example.org/acme/x:v1.0.0", store, file);
    String archive = Files.readString(file, StandardCharsets.ISO_8859_1);

    String manifest = image.manifest().digest().hex();
    String configuration = image.configuration().digest().hex();
    String layer = image.layers().getFirst().blob().digest().hex();
    assertThat(archive)
        .as("what Docker saves")
        .contains(
            ("[{'Config':'blobs/sha256/%s','RepoTags':['example.org/acme/x:v1.0.0'],"
                    + "'Layers':['blobs/sha256/%s']}]")
                .formatted(configuration, layer)
                .replace('\'', '"'));
    assertThat(archive)
        .as("an OCI layout")
        .contains("{\"imageLayoutVersion\":\"1.0.0\"}")
        .contains(
            ("{'schemaVersion':2,'mediaType':'application/vnd.oci.image.index.v1+json','manifests':"
                 + "[{'mediaType':'application/vnd.oci.image.manifest.v1+json','digest':'sha256:%s',"
                 + "'size':%d,'platform':{'architecture':'amd64','os':'linux'},'annotations':"
                 + "{'org.opencontainers.image.ref.name':'example.org/acme/x:v1.0.0'}}]}")
                .formatted(manifest, image.manifest().size())
                .replace('\'', '"'));
    assertThat(archive)
        .contains("blobs/sha256/" + manifest, "blobs/sha256/" + configuration)
        .contains(text(image.configuration()));
    assertThat(Files.list(folder)).as("nothing half made is left").hasSize(2);
  }

  private Layer layer() throws IOException {
    return store.layer("a file", new FileTree().file("a", "1"));
  }

  private static String text(Blob blob) throws IOException {
    return new String(blob.bytes(), StandardCharsets.UTF_8);
  }
}
