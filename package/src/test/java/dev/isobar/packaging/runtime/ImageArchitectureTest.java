package dev.isobar.packaging.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.isobar.packaging.CannotPackage;
import dev.isobar.packaging.oci.Digest;
import dev.isobar.packaging.oci.FileTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ImageArchitectureTest {
  @ParameterizedTest
  @CsvSource({
    "amd64, amd64, lib64/ld-linux-x86-64.so.2, lib/x86_64-linux-gnu/libc.so.6",
    "aarch64, arm64, lib/ld-linux-aarch64.so.1, lib/aarch64-linux-gnu/libc.so.6",
  })
  void programsFindTheirLibrary(
      String java, String title, String loader, String library, @TempDir Path folder)
      throws IOException {
    ImageArchitecture architecture = ImageArchitecture.of(java);
    assertThat(architecture.title()).isEqualTo(title);

    Path debian = Files.createDirectories(folder.resolve("usr"));
    Stream<String> names =
        Stream.of(
            loader,
            library,
            "libm.so.6",
            "libdl.so.2",
            "libpthread.so.0",
            "librt.so.1",
            "libresolv.so.2",
            "libnss_dns.so.2",
            "libnss_files.so.2");
    for (String name : names.toList()) {
      Files.writeString(debian.resolve(Path.of(name).getFileName()), name);
    }
    Path copyright = Files.createDirectories(debian.resolve("share/doc/libc6"));
    Files.writeString(copyright.resolve("copyright"), "LGPL");
    Digest digest = Digest.of(new byte[0]);
    Path root = folder.resolve("root");
    FileTree files = new CLibrary.Unpacked("libc6", architecture, digest, folder).files();
    files.unpack(Files.createDirectories(root), Instant.EPOCH);

    assertThat(root.resolve(loader)).as("what loads programs").hasContent(loader);
    assertThat(root.resolve(library)).as("where it looks for libraries").hasContent(library);
  }

  @Test
  void othersAreRefused() {
    assertThatThrownBy(() -> ImageArchitecture.of("riscv64"))
        .isInstanceOf(CannotPackage.class)
        .hasMessage(
            "packages are made on amd64 and arm64, by a JDK for it; this one is for riscv64");
  }
}
