package dev.isobar.e2e.provider;

import dev.isobar.apis.compute.CloudSpec;
import dev.isobar.provider.ProviderMain;
import dev.isobar.provider.external.Account;
import dev.isobar.provider.external.CloudKind;
import dev.isobar.provider.external.CloudWords;
import dev.isobar.provider.external.Failure;
import dev.isobar.provider.external.Machines;
import dev.isobar.provider.external.Response;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;

/**
 * provider-isobar as it ships, but with clouds of the tests; the first word is the port of the one
 * whose credentials name none: {@code password=right}, or {@code password=right@4711}.
 */
public final class RemoteCloudMain {
  private RemoteCloudMain() {}

  /** Runs it. */
  public static void main(String[] words) throws IOException {
    int port = Integer.parseInt(words[0]);
    CloudKind access = account -> open(port, account);
    ProviderMain.run(
        Map.of(CloudSpec.Provider.OpenStack, access), Arrays.copyOfRange(words, 1, words.length));
  }

  private static Response<Machines> open(int port, Account account) {
    String text =
        account
            .credentials()
            .map(secret -> new String(secret.bytes(), StandardCharsets.UTF_8))
            .orElse("");
    if (!text.startsWith("password=")) {
      return Response.failed(
          new Failure.InvalidConfiguration(CloudWords.ours("the credentials are no password=")));
    }
    String[] parts = text.substring("password=".length()).split("@", 2);
    return Response.of(
        new RemoteMachines(parts.length == 2 ? Integer.parseInt(parts[1]) : port, parts[0]));
  }
}
