package dev.isobar.provider.openstack.identity;

import dev.isobar.provider.openstack.rest.Trouble;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.Collection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Certificates of those who may vouch for a cloud, instead of those the JDK knows. */
final class Authorities {
  private Authorities() {}

  /**
   * Trust in these alone.
   *
   * @param path where they stand, for messages
   * @param pem one certificate or more
   * @throws Trouble when they are none
   */
  static SSLContext of(String path, String pem) {
    Collection<? extends Certificate> certificates = certificates(path, pem);
    try {
      KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
      store.load(null, null);
      int number = 0;
      for (Certificate certificate : certificates) {
        store.setCertificateEntry("authority-" + number++, certificate);
      }
      TrustManagerFactory trust =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(store);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, trust.getTrustManagers(), null);
      return context;
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException("every Java platform can do this", e);
    }
  }

  private static Collection<? extends Certificate> certificates(String path, String pem) {
    if (!pem.contains("-----BEGIN CERTIFICATE-----")) {
      throw Trouble.invalid(
          path
              + " is no certificate; the provider does not read files, so write the certificates"
              + " themselves there, in PEM");
    }
    try {
      return CertificateFactory.getInstance("X.509")
          .generateCertificates(new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII)));
    } catch (CertificateException _) {
      throw Trouble.invalid(path + " holds a certificate that cannot be read; copy it again");
    }
  }
}
