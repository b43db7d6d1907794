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

/** provider-isobar as it ships, but with the cloud of the tests; the first word is its port. */
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
    return text.startsWith("password=")
        ? Response.of(new RemoteMachines(port, text.substring("password=".length())))
        : Response.failed(
            new Failure.InvalidConfiguration(CloudWords.ours("the credentials are no password=")));
  }
}
