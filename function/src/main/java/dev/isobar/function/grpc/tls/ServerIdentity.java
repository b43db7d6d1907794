package dev.isobar.function.grpc.tls;

import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Who the server is, and whose clients it trusts.
 *
 * @param chain the server's certificate first
 * @param authorities those that sign clients' certificates
 */
record ServerIdentity(
    List<X509Certificate> chain, PrivateKey key, List<X509Certificate> authorities) {
  ServerIdentity {
    chain = List.copyOf(chain);
    authorities = List.copyOf(authorities);
  }

  /**
   * Parses the three files and checks that they belong together.
   *
   * @throws GeneralSecurityException when one cannot be read or the key is not the certificate's,
   *     as while they are being written; the text names the file and never holds part of the key
   */
  static ServerIdentity parse(CertificateFiles files) throws GeneralSecurityException {
    List<X509Certificate> chain = certificates(CertificateFiles.CERTIFICATE, files.certificate());
    List<X509Certificate> authorities = certificates(CertificateFiles.AUTHORITY, files.authority());
    var identity = new ServerIdentity(chain, key(files.key()), authorities);
    if (!identity.keyIsOfCertificate()) {
      throw new GeneralSecurityException(
          CertificateFiles.KEY + " is not the key of " + CertificateFiles.CERTIFICATE);
    }
    return identity;
  }

  /** When the server's certificate ends. */
  Instant expiry() {
    return chain.getFirst().getNotAfter().toInstant();
  }

  private static PrivateKey key(String pem) throws GeneralSecurityException {
    try {
      return PrivateKeys.parse(pem);
    } catch (GeneralSecurityException unreadable) {
      throw new GeneralSecurityException(
          "cannot read " + CertificateFiles.KEY + ": " + unreadable.getMessage(), unreadable);
    }
  }

  private static List<X509Certificate> certificates(String file, String pem)
      throws GeneralSecurityException {
    var certificates = new ArrayList<X509Certificate>();
    CertificateFactory factory = CertificateFactory.getInstance("X.509");
    for (Pem.Block block : Pem.parse(pem)) {
      if (block.label().equals("CERTIFICATE")) {
        certificates.add(
            (X509Certificate) factory.generateCertificate(new ByteArrayInputStream(block.der())));
      }
    }
    if (certificates.isEmpty()) {
      throw new CertificateException("there is no certificate in " + file);
    }
    return Collections.unmodifiableList(certificates);
  }

  /**
   * RSA's share their modulus. Others are told apart by signing with the one and verifying with the
   * other, which would hold for RSA too, but is slow in a JVM that has just started.
   */
  private boolean keyIsOfCertificate() throws GeneralSecurityException {
    PublicKey shown = chain.getFirst().getPublicKey();
    if (key instanceof RSAKey secret && shown instanceof RSAKey open) {
      return secret.getModulus().equals(open.getModulus());
    }
    if (!key.getAlgorithm().equals(shown.getAlgorithm())) {
      return false;
    }
    String algorithm = key.getAlgorithm().equals("EC") ? "SHA256withECDSA" : key.getAlgorithm();
    byte[] proof = chain.getFirst().getSerialNumber().toByteArray();
    Signature signing = Signature.getInstance(algorithm);
    signing.initSign(key);
    signing.update(proof);
    Signature verifying = Signature.getInstance(algorithm);
    verifying.initVerify(shown);
    verifying.update(proof);
    return verifying.verify(signing.sign());
  }
}
