package dev.isobar.testbed.certificate;

import dev.isobar.testbed.process.CannotRun;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import java.util.Map;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.util.io.pem.PemObject;

/**
 * Signs certificates of servers on 127.0.0.1, whose keys are of the kind that its own is: elliptic
 * where nobody says otherwise, because a JVM that just began needs half a second for one of RSA.
 */
public final class Authority {
  private static final String ELLIPTIC = "EC";
  private static final Map<String, Integer> BITS = Map.of(ELLIPTIC, 256, "RSA", 2048);
  private static final int DAYS = 365;

  private final X509CertificateHolder certificate;
  private final PrivateKey key;

  private Authority(X509CertificateHolder certificate, PrivateKey key) {
    this.certificate = certificate;
    this.key = key;
  }

  /** A new one. */
  public static Authority make(Instant now) {
    KeyPair keys = keys(ELLIPTIC);
    var name = new X500Name("CN=isobar testbed");
    try {
      X509CertificateHolder certificate =
          builder(name, name, keys, now)
              .addExtension(Extension.basicConstraints, true, new BasicConstraints(true))
              .build(signer(keys.getPrivate()));
      return new Authority(certificate, keys.getPrivate());
    } catch (IOException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /**
   * Somebody else's, such as core's, whose key is PKCS#1.
   *
   * @param certificate as PEM
   * @param key as PEM
   */
  public static Authority of(String certificate, String key) {
    try (var one = new PEMParser(new StringReader(certificate));
        var other = new PEMParser(new StringReader(key))) {
      var holder = (X509CertificateHolder) one.readObject();
      var pair = (PEMKeyPair) other.readObject();
      return new Authority(
          holder, new JcaPEMKeyConverter().getPrivateKey(pair.getPrivateKeyInfo()));
    } catch (IOException unreadable) {
      throw new IllegalArgumentException("no authority", unreadable);
    }
  }

  /** Its certificate as PEM. */
  public String pem() {
    return pem(certificate);
  }

  /**
   * Writes tls.crt, tls.key (of RSA in PKCS#1, as core makes them) and ca.crt for a server on
   * 127.0.0.1.
   */
  public Path server(Path folder, Instant now) {
    KeyPair keys = keys(key.getAlgorithm());
    var names =
        new GeneralNames(
            new GeneralName[] {
              new GeneralName(GeneralName.dNSName, "localhost"),
              new GeneralName(GeneralName.iPAddress, "127.0.0.1")
            });
    try {
      X509CertificateHolder leaf =
          builder(certificate.getSubject(), new X500Name("CN=isobar testbed server"), keys, now)
              .addExtension(
                  Extension.extendedKeyUsage,
                  false,
                  new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth))
              .addExtension(Extension.subjectAlternativeName, false, names)
              .build(signer(key));
      Files.createDirectories(folder);
      Files.writeString(folder.resolve("tls.crt"), pem(leaf));
      Files.writeString(folder.resolve("tls.key"), pem(keys.getPrivate()));
      Files.writeString(folder.resolve("ca.crt"), pem());
      return folder;
    } catch (IOException unwritable) {
      throw new CannotRun("cannot write " + folder, unwritable);
    }
  }

  /** Writes sa.key and sa.pub, by which an API server signs and checks tokens. */
  public static void serviceAccountKeys(Path folder) {
    KeyPair keys = keys(ELLIPTIC);
    try {
      Files.writeString(folder.resolve("sa.key"), pem(keys.getPrivate()));
      Files.writeString(folder.resolve("sa.pub"), pem(keys.getPublic()));
    } catch (IOException unwritable) {
      throw new CannotRun("cannot write " + folder, unwritable);
    }
  }

  private static X509v3CertificateBuilder builder(
      X500Name issuer, X500Name subject, KeyPair keys, Instant now) {
    return new X509v3CertificateBuilder(
        issuer,
        BigInteger.valueOf(System.identityHashCode(keys)).add(BigInteger.TWO),
        Date.from(now.minus(1, ChronoUnit.HOURS)),
        Date.from(now.plus(DAYS, ChronoUnit.DAYS)),
        subject,
        SubjectPublicKeyInfo.getInstance(keys.getPublic().getEncoded()));
  }

  private static org.bouncycastle.operator.ContentSigner signer(PrivateKey key) {
    try {
      boolean elliptic = key.getAlgorithm().equals(ELLIPTIC);
      return new JcaContentSignerBuilder(elliptic ? "SHA256withECDSA" : "SHA256withRSA").build(key);
    } catch (OperatorCreationException impossible) {
      throw new IllegalStateException("every JDK can sign with both", impossible);
    }
  }

  private static KeyPair keys(String kind) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance(kind);
      generator.initialize(BITS.getOrDefault(kind, 0));
      return generator.generateKeyPair();
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("every JDK has both", impossible);
    }
  }

  /** Elliptic keys in PKCS#8: in their older form the JDK leaves the curve out. */
  private static String pem(PrivateKey key) {
    return key.getAlgorithm().equals(ELLIPTIC)
        ? pem((Object) new PemObject("PRIVATE KEY", key.getEncoded()))
        : pem((Object) key);
  }

  private static String pem(Object object) {
    var text = new StringWriter();
    try (var writer = new JcaPEMWriter(text)) {
      writer.writeObject(object);
    } catch (IOException impossible) {
      throw new IllegalStateException(impossible);
    }
    return text.toString();
  }
}
