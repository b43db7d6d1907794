package dev.isobar.testbed.apiserver;

import dev.isobar.testbed.process.CannotRun;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;

/**
 * How an API server is reached.
 *
 * @param server its URL
 * @param authority certificate of who signed its own, as PEM
 */
record Kubeconfig(String server, String authority) {
  /** Writes the file of a user who is known by a token. */
  Path write(Path file, String user, String token) {
    String bytes = Base64.getEncoder().encodeToString(authority.getBytes(StandardCharsets.UTF_8));
    String text =
        """
        apiVersion: v1
        kind: Config
        clusters:
        - name: isobar
          cluster:
            server: %s
            certificate-authority-data: %s
        users:
        - name: %s
          user:
            token: %s
        contexts:
        - name: isobar
          context:
            cluster: isobar
            user: %s
        current-context: isobar
        """
            .formatted(server, bytes, user, token, user);
    try {
      return Files.writeString(file, text);
    } catch (IOException unwritable) {
      throw new CannotRun("cannot write " + file, unwritable);
    }
  }
}
