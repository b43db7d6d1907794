package dev.isobar.function.grpc.tls;

import dev.isobar.function.grpc.log.Log;
import io.grpc.util.AdvancedTlsX509KeyManager;
import io.grpc.util.AdvancedTlsX509TrustManager;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.X509ExtendedKeyManager;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * The identity that new connections get, exchanged when the files change; connections that stand
 * keep theirs.
 *
 * <p>Files are compared by content, since the kubelet swaps a symbolic link and keeps the names.
 * What does not belong together yet, such as a new certificate beside an old key, is not used: the
 * former identity stays until the files agree.
 */
public final class LiveIdentity {
  private static final Log LOG = Log.of(LiveIdentity.class);

  private final Path directory;
  private final AdvancedTlsX509KeyManager keys = new AdvancedTlsX509KeyManager();
  private final AdvancedTlsX509TrustManager clients;
  private final AtomicLong reloads = new AtomicLong();
  private final AtomicLong failures = new AtomicLong();
  private volatile Instant expiry;
  private CertificateFiles current;
  private Optional<String> complaint = Optional.empty();

  /**
   * Reads the identity for the first time.
   *
   * @throws IOException when a file is missing or does not fit the others, with the file's name in
   *     the message
   */
  public LiveIdentity(Path directory) throws IOException {
    this.directory = directory;
    try {
      clients =
          AdvancedTlsX509TrustManager.newBuilder()
              .setVerification(
                  AdvancedTlsX509TrustManager.Verification.CERTIFICATE_ONLY_VERIFICATION)
              .build();
      current = CertificateFiles.read(directory);
      ServerIdentity identity = ServerIdentity.parse(current);
      expiry = identity.expiry();
      use(identity);
    } catch (GeneralSecurityException unusable) {
      throw new IOException(
          "cannot use the certificates in " + directory + ": " + unusable.getMessage(), unusable);
    }
  }

  /** What to present to clients. */
  public X509ExtendedKeyManager keys() {
    return keys;
  }

  /** How to verify clients. */
  public X509ExtendedTrustManager clients() {
    return clients;
  }

  /** When the certificate that new connections get ends. */
  public Instant expiry() {
    return expiry;
  }

  /** How often the identity was exchanged. */
  public long reloads() {
    return reloads.get();
  }

  /** How often changed files could not be used. */
  public long failures() {
    return failures.get();
  }

  /**
   * Looks at the files and takes them over if they changed; called again and again, by one thread.
   */
  public synchronized void refresh() {
    try {
      CertificateFiles files = CertificateFiles.read(directory);
      if (!files.equals(current)) {
        ServerIdentity identity = ServerIdentity.parse(files);
        use(identity);
        current = files;
        expiry = identity.expiry();
        reloads.incrementAndGet();
        LOG.info("Using changed certificates", "directory", directory, "expiry", expiry);
      }
      complaint = Optional.empty();
    } catch (IOException | GeneralSecurityException unusable) {
      complain(String.valueOf(unusable.getMessage()));
    }
  }

  private void use(ServerIdentity identity) throws GeneralSecurityException, IOException {
    keys.updateIdentityCredentials(
        identity.chain().toArray(X509Certificate[]::new), identity.key());
    clients.updateTrustCredentials(identity.authorities().toArray(X509Certificate[]::new));
  }

  /** Says a thing once, however often it is met. */
  private void complain(String problem) {
    failures.incrementAndGet();
    if (!complaint.equals(Optional.of(problem))) {
      complaint = Optional.of(problem);
      LOG.warning(
          "Keeping the former certificates until the changed ones can be used",
          "directory",
          directory,
          "problem",
          problem,
          "expiry",
          expiry);
    }
  }
}
