package dev.isobar.it.specification;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * A certificate authority as Crossplane makes one: one subject for all, serial number 2022 for all,
 * DNS names on leaves only, RSA 2048 as PKCS#1.
 */
final class Authority {
  /** The DNS name that core dials, and that our clients expect. */
  static final String SERVER = "function-isobar.crossplane-system";

  private static final X500Name EVERYBODY =
      X500Name.getInstance(
          new X500Principal("CN=Crossplane,O=Crossplane,C=Earth,ST=Earth,L=Earth").getEncoded());
  private static final BigInteger SERIAL = BigInteger.valueOf(2022);

  private final KeyPair keys = rsa();
  private final X509Certificate certificate =
      certify(keys, keys, "localhost", KeyPurposeId.anyExtendedKeyUsage);

  /** What proves who somebody is. */
  record Identity(X509Certificate certificate, KeyPair keys) {
    PrivateKey key() {
      return keys.getPrivate();
    }
  }

  X509Certificate certificate() {
    return certificate;
  }

  Identity server() {
    return issue(SERVER, KeyPurposeId.id_kp_serverAuth);
  }

  /** Core's own. */
  Identity client() {
    return issue("crossplane.crossplane-system", KeyPurposeId.id_kp_clientAuth);
  }

  /** Writes what core mounts. */
  void mount(Path directory, Identity server) {
    write(directory.resolve("ca.crt"), pem(certificate));
    write(directory.resolve("tls.crt"), pem(server.certificate));
    write(directory.resolve("tls.key"), pem(server.key()));
  }

  /** The same with a key as PKCS#8. */
  void mountPkcs8(Path directory, Identity server) {
    mount(directory, server);
    try {
      write(
          directory.resolve("tls.key"), pem(new JcaPKCS8Generator(server.key(), null).generate()));
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  private Identity issue(String host, KeyPurposeId purpose) {
    KeyPair leaf = rsa();
    return new Identity(certify(leaf, keys, host, purpose), leaf);
  }

  private static X509Certificate certify(
      KeyPair subject, KeyPair issuer, String host, KeyPurposeId purpose) {
    Instant now = Instant.now();
    var builder =
        new JcaX509v3CertificateBuilder(
            EVERYBODY,
            SERIAL,
            Date.from(now.minus(1, ChronoUnit.HOURS)),
            Date.from(now.plus(1, ChronoUnit.DAYS)),
            EVERYBODY,
            subject.getPublic());
    try {
      builder.addExtension(
          Extension.basicConstraints, true, new BasicConstraints(subject == issuer));
      builder.addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(purpose));
      builder.addExtension(
          Extension.subjectAlternativeName,
          false,
          new GeneralNames(new GeneralName(GeneralName.dNSName, host)));
      return new JcaX509CertificateConverter()
          .getCertificate(
              builder.build(
                  new JcaContentSignerBuilder("SHA256withRSA").build(issuer.getPrivate())));
    } catch (GeneralSecurityException | CertIOException | OperatorCreationException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static KeyPair rsa() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(2048);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** The traditional form, which is PKCS#1 for RSA keys. */
  private static String pem(Object object) {
    var text = new StringWriter();
    try (var writer = new JcaPEMWriter(text)) {
      writer.writeObject(object);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return text.toString();
  }

  private static void write(Path file, String text) {
    try {
      Files.writeString(file, text);
    } catch (IOException failed) {
      throw new UncheckedIOException("cannot write " + file, failed);
    }
  }
}
