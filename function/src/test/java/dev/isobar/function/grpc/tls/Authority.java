package dev.isobar.function.grpc.tls;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPrivateKey;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.ASN1Object;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.util.io.pem.PemObject;

/**
 * An authority as Crossplane makes one: every certificate has the same subject, the same issuer and
 * the serial number 2022, leaves carry DNS names only, keys are RSA 2048 as PKCS#1.
 */
final class Authority {
  /** Made by the JDK, because Bouncy Castle knows no country of this name. */
  private static final X500Name EVERYBODY =
      X500Name.getInstance(
          new X500Principal("CN=Crossplane,O=Crossplane,C=Earth,ST=Earth,L=Earth").getEncoded());

  private static final BigInteger SERIAL = BigInteger.valueOf(2022);

  private final KeyPair keys = rsa();
  private final X509Certificate certificate = certify(keys, keys, true, "localhost");

  /** What an authority gives out. */
  record Issued(String certificate, String key) {}

  static KeyPair rsa() {
    return generate("RSA", 2048);
  }

  static KeyPair generate(String algorithm, int size) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
      if (size > 0) {
        generator.initialize(size);
      }
      return generator.generateKeyPair();
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  String pem() {
    return pem(certificate);
  }

  Issued issue(String host) {
    return issue(host, rsa());
  }

  Issued issue(String host, KeyPair leaf) {
    return new Issued(pem(certify(leaf, keys, false, host)), traditional(leaf));
  }

  /**
   * The traditional form: PKCS#1 for RSA, SEC1 with the curve for EC, as openssl and Go write it.
   */
  static String traditional(KeyPair keys) {
    if (!(keys.getPrivate() instanceof ECPrivateKey key)) {
      return pem(keys.getPrivate());
    }
    var info = SubjectPublicKeyInfo.getInstance(keys.getPublic().getEncoded());
    return pem(
        new PemObject(
            "EC PRIVATE KEY",
            encoded(
                new org.bouncycastle.asn1.sec.ECPrivateKey(
                    key.getParams().getOrder().bitLength(),
                    key.getS(),
                    info.getPublicKeyData(),
                    info.getAlgorithm().getParameters()))));
  }

  private static byte[] encoded(ASN1Object object) {
    try {
      return object.getEncoded("DER");
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  static String pem(Object object) {
    var text = new StringWriter();
    try (var writer = new JcaPEMWriter(text)) {
      writer.writeObject(object);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return text.toString();
  }

  static String pkcs8(KeyPair keys) {
    try {
      return pem(new JcaPKCS8Generator(keys.getPrivate(), null).generate());
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  private static X509Certificate certify(
      KeyPair subject, KeyPair issuer, boolean authority, String host) {
    Instant now = Instant.now();
    try {
      var builder =
          new JcaX509v3CertificateBuilder(
              EVERYBODY,
              SERIAL,
              Date.from(now.minus(1, ChronoUnit.HOURS)),
              Date.from(now.plus(1, ChronoUnit.DAYS)),
              EVERYBODY,
              subject.getPublic());
      builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(authority));
      if (!authority) {
        builder.addExtension(
            Extension.extendedKeyUsage,
            false,
            new ExtendedKeyUsage(
                new KeyPurposeId[] {KeyPurposeId.id_kp_serverAuth, KeyPurposeId.id_kp_clientAuth}));
        builder.addExtension(
            Extension.subjectAlternativeName,
            false,
            new GeneralNames(new GeneralName(GeneralName.dNSName, host)));
      }
      return new JcaX509CertificateConverter()
          .getCertificate(
              builder.build(
                  new JcaContentSignerBuilder("SHA256withRSA").build(issuer.getPrivate())));
    } catch (GeneralSecurityException | IOException | OperatorCreationException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
