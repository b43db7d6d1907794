package dev.isobar.function.grpc.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class LiveIdentityTest {
  private static final Authority AUTHORITY = new Authority();
  private static final Authority NEXT_AUTHORITY = new Authority();
  private static final Authority.Issued FIRST = AUTHORITY.issue("first");
  private static final Authority.Issued SECOND = AUTHORITY.issue("second");
  private static final Authority.Issued EC = AUTHORITY.issue("ec", Authority.generate("EC", 256));

  @TempDir Path directory;

  @BeforeEach
  void writeFirst() throws IOException {
    write(directory, FIRST, AUTHORITY);
  }

  @Test
  void servesWhatTheFilesHold() throws IOException {
    var identity = new LiveIdentity(directory);
    assertThat(presented(identity)).isEqualTo(FIRST.certificate());
    assertThat(identity.clients().getAcceptedIssuers())
        .containsExactly(certificate(AUTHORITY.pem()));
    assertThat(identity.expiry())
        .isEqualTo(certificate(FIRST.certificate()).getNotAfter().toInstant());
  }

  @Test
  void doesNothingWhileTheFilesAreTheSame() throws IOException {
    var identity = new LiveIdentity(directory);
    write(directory, FIRST, AUTHORITY);
    identity.refresh();
    assertThat(identity.reloads()).isZero();
    assertThat(identity.failures()).isZero();
  }

  @Test
  void takesOverANewPairOfAnotherKind() throws IOException {
    var identity = new LiveIdentity(directory);
    write(directory, EC, AUTHORITY);
    identity.refresh();
    assertThat(presented(identity)).isEqualTo(EC.certificate());
    assertThat(identity.reloads()).isOne();
  }

  @Test
  void takesOverANewAuthorityAlone() throws IOException {
    var identity = new LiveIdentity(directory);
    write(directory, FIRST, NEXT_AUTHORITY);
    identity.refresh();
    assertThat(identity.clients().getAcceptedIssuers())
        .containsExactly(certificate(NEXT_AUTHORITY.pem()));
    assertThat(presented(identity)).isEqualTo(FIRST.certificate());
  }

  @Test
  void trustsSeveralAuthoritiesWhileOneReplacesTheOther() throws IOException {
    Files.writeString(directory.resolve("ca.crt"), AUTHORITY.pem() + NEXT_AUTHORITY.pem());
    assertThat(new LiveIdentity(directory).clients().getAcceptedIssuers()).hasSize(2);
  }

  @Test
  void followsTheSymbolicLinksOfTheKubelet(@TempDir Path mount) throws IOException {
    mountSecret(mount, "..2026_01", FIRST);
    for (String file : List.of("tls.crt", "tls.key", "ca.crt")) {
      Files.createSymbolicLink(mount.resolve(file), Path.of("..data", file));
    }
    var identity = new LiveIdentity(mount);
    mountSecret(mount, "..2026_02", SECOND);
    identity.refresh();
    assertThat(presented(identity)).isEqualTo(SECOND.certificate());
  }

  @ParameterizedTest
  @ValueSource(strings = {"tls.crt", "tls.key"})
  void keepsTheFormerPairUntilBothFilesAreNew(String firstWritten) throws IOException {
    var identity = new LiveIdentity(directory);
    Files.writeString(
        directory.resolve(firstWritten),
        firstWritten.equals("tls.crt") ? SECOND.certificate() : SECOND.key());
    identity.refresh();
    identity.refresh();
    assertThat(presented(identity)).isEqualTo(FIRST.certificate());
    assertThat(identity.failures()).isEqualTo(2);
    write(directory, SECOND, AUTHORITY);
    identity.refresh();
    assertThat(presented(identity)).isEqualTo(SECOND.certificate());
    assertThat(identity.reloads()).isOne();
  }

  @ParameterizedTest
  @ValueSource(strings = {"tls.crt", "tls.key", "ca.crt"})
  void keepsTheFormerIdentityWhileAFileIsHalfWrittenOrGone(String file) throws IOException {
    var identity = new LiveIdentity(directory);
    String whole = Files.readString(directory.resolve(file));
    Files.writeString(directory.resolve(file), whole.substring(0, whole.length() / 2));
    identity.refresh();
    Files.delete(directory.resolve(file));
    identity.refresh();
    assertThat(presented(identity)).isEqualTo(FIRST.certificate());
    assertThat(identity.clients().getAcceptedIssuers()).hasSize(1);
    assertThat(identity.failures()).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"tls.crt", "tls.key", "ca.crt"})
  void refusesToStartWithoutAFileAndNamesIt(String file) throws IOException {
    Files.delete(directory.resolve(file));
    assertThatThrownBy(() -> new LiveIdentity(directory))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(file);
  }

  @Test
  void refusesToStartWithAKeyOfAnotherCertificate() throws IOException {
    Files.writeString(directory.resolve("tls.key"), SECOND.key());
    assertThatThrownBy(() -> new LiveIdentity(directory))
        .hasMessageContaining("tls.key is not the key of tls.crt");
    Files.writeString(directory.resolve("tls.key"), EC.key());
    assertThatThrownBy(() -> new LiveIdentity(directory))
        .hasMessageContaining("tls.key is not the key of tls.crt");
  }

  @Test
  void neverShowsTheKey() throws IOException {
    assertThat(CertificateFiles.read(directory).toString()).doesNotContain("PRIVATE");
  }

  private static void write(Path directory, Authority.Issued issued, Authority authority)
      throws IOException {
    Files.writeString(directory.resolve("tls.crt"), issued.certificate());
    Files.writeString(directory.resolve("tls.key"), issued.key());
    Files.writeString(directory.resolve("ca.crt"), authority.pem());
  }

  private static void mountSecret(Path mount, String version, Authority.Issued issued)
      throws IOException {
    write(Files.createDirectory(mount.resolve(version)), issued, AUTHORITY);
    Files.createSymbolicLink(mount.resolve("..data_tmp"), Path.of(version));
    Files.move(
        mount.resolve("..data_tmp"), mount.resolve("..data"), StandardCopyOption.ATOMIC_MOVE);
  }

  private static String presented(LiveIdentity identity) {
    String alias = identity.keys().chooseEngineServerAlias("RSA", null, null);
    return Authority.pem(identity.keys().getCertificateChain(alias)[0]);
  }

  private static X509Certificate certificate(String pem) {
    try {
      return (X509Certificate)
          CertificateFactory.getInstance("X.509")
              .generateCertificate(
                  new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII)));
    } catch (CertificateException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
