package dev.isobar.packaging.runtime;

import dev.isobar.packaging.CannotPackage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * One certificate for everybody, for the minute that a rehearsal takes: authority, server and
 * client. Nobody else trusts it, and it stays on this machine.
 */
final class TrainingCertificates {
  private static final String NAME = "training";
  private static final String LINE = "\n";
  private static final int WIDTH = 64;

  private TrainingCertificates() {}

  /** Makes it, in the files that Crossplane mounts. */
  static Path make(Path workshop) throws IOException {
    Path folder = Files.createDirectories(workshop.resolve("certificates"));
    Path store = folder.resolve("store.p12");
    generate(folder, store);
    try (InputStream stream = Files.newInputStream(store)) {
      KeyStore keys = KeyStore.getInstance("PKCS12");
      keys.load(stream, NAME.toCharArray());
      String certificate = pem("CERTIFICATE", keys.getCertificate(NAME).getEncoded());
      Files.writeString(folder.resolve("tls.crt"), certificate);
      Files.writeString(folder.resolve("ca.crt"), certificate);
      byte[] key = keys.getKey(NAME, NAME.toCharArray()).getEncoded();
      Files.writeString(folder.resolve("tls.key"), pem("PRIVATE KEY", key));
    } catch (GeneralSecurityException unreadable) {
      throw new CannotPackage("cannot read what keytool made", unreadable);
    }
    return folder;
  }

  private static void generate(Path folder, Path store) {
    String keytool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
    String words =
        "-genkeypair -alias training -keyalg RSA -keysize 2048 -dname CN=training"
            + " -ext san=dns:localhost,ip:127.0.0.1 -ext bc:c -validity 2"
            + " -storetype PKCS12 -storepass training -keystore";
    var command = new ArrayList<String>();
    command.add(keytool);
    command.addAll(List.of(words.split(" ", -1)));
    command.add(store.toString());
    var _ = Tool.run(folder, command);
  }

  private static String pem(String type, byte[] bytes) {
    Base64.Encoder encoder = Base64.getMimeEncoder(WIDTH, LINE.getBytes(StandardCharsets.US_ASCII));
    String body = encoder.encodeToString(bytes);
    return "-----BEGIN " + type + "-----\n" + body + "\n-----END " + type + "-----\n";
  }
}
