package dev.isobar.packaging.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.packaging.oci.Digest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ComponentTest {
  private static final byte[] CONTENT = {1, 2, 3};

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          the usual place   | repository/io/grpc/grpc-netty/1.83.1/grpc-netty-1.83.1.jar | <groupId>io.grpc</groupId> | grpc-netty | 1.83.1 | pkg:maven/io.grpc/grpc-netty@1.83.1
          any other name    | m2/io/grpc/grpc-netty/1.83.1/grpc-netty-1.83.1.jar | <groupId>io.grpc</groupId> | grpc-netty | 1.83.1 | pkg:maven/io.grpc/grpc-netty@1.83.1
          that of its parent | m2/org/x/y/1/y-1.jar | <parent><groupId>org.x</groupId></parent> | y | 1 | pkg:maven/org.x/y@1
          its own before it | m2/org/x/y/1/y-1.jar | <parent><groupId>org.parent</groupId></parent><groupId> org.x </groupId> | y | 1 | pkg:maven/org.x/y@1
          not one of what it needs | m2/org/x/y/1/y-1.jar | <dependencies><dependency><groupId>a</groupId></dependency></dependencies><groupId>org.x</groupId> | y | 1 | pkg:maven/org.x/y@1
          one of several    | m2/io/netty/epoll/4.2/epoll-4.2-linux-x86_64.jar | <groupId>io.netty</groupId> | epoll | 4.2 | pkg:maven/io.netty/epoll@4.2?classifier=linux-x86_64
          """)
  void whereMavenKeepsAJarTellsWhatItIs(
      String reason, String place, String pom, String name, String version, String identity)
      throws IOException {
    Path jar = jar(place);
    Files.writeString(
        jar.resolveSibling(name + "-" + version + ".pom"),
        "<project xmlns='http://maven.apache.org/POM/4.0.0'>\n  " + pom + "\n</project>");
    assertThat(Component.of(jar))
        .as(reason)
        .isEqualTo(
            new Component(name, version, Optional.of(identity), Optional.of(Digest.of(CONTENT))));
  }

  @ParameterizedTest
  @CsvSource({
    "lib/x-1.0.jar, in no folder of a version",
    "repository/org/z/1.0/x-1.0.jar, in the folder of another one",
    "repository/org/x/1.0/x-1.0.jar, without its POM"
  })
  void elsewhereOnlyItsNameIsKnown(String place, String reason) throws IOException {
    assertThat(Component.of(jar(place)))
        .as(reason)
        .isEqualTo(new Component("x-1.0", "", Optional.empty(), Optional.of(Digest.of(CONTENT))));
  }

  @ParameterizedTest
  @CsvSource({
    "2.36-9+deb12u14, pkg:deb/debian/libc6@2.36-9%2Bdeb12u14?arch=amd64",
    "2.39-0ubuntu8.6, pkg:deb/ubuntu/libc6@2.39-0ubuntu8.6?arch=amd64"
  })
  void theLibraryIsOfWhoMadeIt(String version, String identity) {
    Digest digest = Digest.of(CONTENT);
    String name = "libc6 " + version + " amd64";
    var unpacked = new CLibrary.Unpacked(name, ImageArchitecture.AMD64, digest, folder);
    assertThat(Component.of(unpacked))
        .isEqualTo(new Component("libc6", version, Optional.of(identity), Optional.of(digest)));
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
