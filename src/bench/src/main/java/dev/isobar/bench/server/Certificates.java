package dev.isobar.bench.server;

import java.io.IOException;
import java.io.StringWriter;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * An authority, a server on 127.0.0.1 and a client, with RSA keys of 2048 bits as Crossplane's core
 * makes them; valid for a day.
 *
 * @param folder what a function is given: {@code tls.crt}, {@code tls.key} and {@code ca.crt}
 */
public record Certificates(
    Path folder, X509Certificate authority, X509Certificate client, PrivateKey clientKey) {
  private static final int BITS = 2048;
  private static final String ALGORITHM = "SHA256withRSA";

  /** Makes them and writes the server's into a folder. */
  public static Certificates make(Path folder, Instant now) throws IOException {
    try {
      var maker = new Maker(keys(), now);
      X509Certificate authority = maker.authority();
      KeyPair server = keys();
      KeyPair client = keys();
      Files.createDirectories(folder);
      Files.writeString(folder.resolve("ca.crt"), pem(authority));
      Files.writeString(
          folder.resolve("tls.crt"),
          pem(maker.leaf("CN=function", 2, KeyPurposeId.id_kp_serverAuth, server)));
      Path key = folder.resolve("tls.key");
      Files.deleteIfExists(key);
      Path secret =
          Files.createFile(
              key,
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      Files.writeString(secret, pem(server.getPrivate()));
      X509Certificate caller = maker.leaf("CN=core", 3, KeyPurposeId.id_kp_clientAuth, client);
      return new Certificates(folder, authority, caller, client.getPrivate());
    } catch (GeneralSecurityException | OperatorCreationException impossible) {
      throw new IllegalStateException("every JDK can sign with RSA", impossible);
    }
  }

  private static KeyPair keys() throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(BITS);
    return generator.generateKeyPair();
  }

  /** Private keys come out as PKCS#1, as Crossplane's do. */
  private static String pem(Object object) throws IOException {
    var text = new StringWriter();
    try (var writer = new JcaPEMWriter(text)) {
      writer.writeObject(object);
    }
    return text.toString();
  }

  private record Maker(KeyPair signing, Instant now) {
    private static final X500Name AUTHORITY = new X500Name("CN=isobar benchmark");

    X509Certificate authority()
        throws IOException, GeneralSecurityException, OperatorCreationException {
      return sign(
          builder(AUTHORITY, 1, signing)
              .addExtension(Extension.basicConstraints, true, new BasicConstraints(true)));
    }

    X509Certificate leaf(String name, int serial, KeyPurposeId purpose, KeyPair keys)
        throws IOException, GeneralSecurityException, OperatorCreationException {
      return sign(
          builder(new X500Name(name), serial, keys)
              .addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(purpose))
              .addExtension(
                  Extension.subjectAlternativeName,
                  false,
                  new GeneralNames(new GeneralName(GeneralName.iPAddress, "127.0.0.1"))));
    }

    private JcaX509v3CertificateBuilder builder(X500Name name, int serial, KeyPair keys) {
      return new JcaX509v3CertificateBuilder(
          AUTHORITY,
          BigInteger.valueOf(serial),
          Date.from(now.minus(1, ChronoUnit.HOURS)),
          Date.from(now.plus(1, ChronoUnit.DAYS)),
          name,
          keys.getPublic());
    }

    private X509Certificate sign(org.bouncycastle.cert.X509v3CertificateBuilder builder)
        throws GeneralSecurityException, OperatorCreationException {
      return new JcaX509CertificateConverter()
          .getCertificate(
              builder.build(new JcaContentSignerBuilder(ALGORITHM).build(signing.getPrivate())));
    }
  }
}
