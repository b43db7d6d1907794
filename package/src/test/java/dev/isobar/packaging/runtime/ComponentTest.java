package dev.isobar.packaging.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.packaging.oci.Digest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ComponentTest {
  private static final byte[] CONTENT = {1, 2, 3};

  @TempDir Path folder;

  @Test
  void whereMavenKeepsAJarTellsWhatItIs() throws IOException {
    assertThat(Component.of(jar("repository/io/grpc/grpc-netty/1.83.1/grpc-netty-1.83.1.jar")))
        .isEqualTo(
            new Component(
                "grpc-netty",
                "1.83.1",
                Optional.of("pkg:maven/io.grpc/grpc-netty@1.83.1"),
                Optional.of(Digest.of(CONTENT))));
  }

  @Test
  void elsewhereOnlyItsNameIsKnown() throws IOException {
    assertThat(Component.of(jar("lib/x-1.0.jar")))
        .isEqualTo(new Component("x-1.0", "", Optional.empty(), Optional.of(Digest.of(CONTENT))));
  }

  @Test
  void packagesOfDebianHaveTheirOwnAddress() {
    Digest digest = Digest.of(CONTENT);
    String name = "libc6 2.36-9+deb12u14 amd64";
    var unpacked = new CLibrary.Unpacked(name, ImageArchitecture.AMD64, digest, folder);
    assertThat(Component.ofDebian(unpacked))
        .isEqualTo(
            new Component(
                "libc6",
                "2.36-9+deb12u14",
                Optional.of("pkg:deb/debian/libc6@2.36-9%2Bdeb12u14?arch=amd64"),
                Optional.of(digest)));
  }

  @Test
  void theRuntimeIsThatOfItsJdk() {
    assertThat(Component.ofRuntime(Runtime.Version.parse("25.0.3+9")))
        .isEqualTo(
            new Component(
                "OpenJDK",
                "25.0.3+9",
                Optional.of("pkg:generic/openjdk@25.0.3%2B9"),
                Optional.empty()));
  }

  private Path jar(String name) throws IOException {
    Path jar = folder.resolve(name);
    Files.createDirectories(jar.getParent());
    return Files.write(jar, CONTENT);
  }
}
