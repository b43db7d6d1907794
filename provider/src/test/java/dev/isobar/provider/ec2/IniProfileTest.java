package dev.isobar.provider.ec2;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.provider.external.Response;
import dev.isobar.provider.external.SecretBytes;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class IniProfileTest {
  private static Response<IniProfile> read(String text, String name) {
    return IniProfile.read(new SecretBytes(text.getBytes(StandardCharsets.UTF_8)), name);
  }

  @Test
  void theProfileThatWasNamedIsRead() {
    String file =
        """
        # of the platform team
        [default]
        aws_access_key_id=AKID1
        aws_secret_access_key=one

        [profile gpu]
          aws_access_key_id = AKID2
        ; base 64 ends in an equals sign
        aws_secret_access_key = t=wo==
        aws_session_token = three
        region = eu-central-1
        """;
    assertThat(read(file, "default"))
        .isEqualTo(Response.of(new IniProfile("AKID1", "one", Optional.empty())));
    assertThat(read(file, "gpu"))
        .isEqualTo(Response.of(new IniProfile("AKID2", "t=wo==", Optional.of("three"))));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'' | has no profile default; it has none. Name one of them in spec.credentials.entry |"
            + " an empty file",
        "'[a]\nx=1\n[b]' | has no profile default; it has a, b. Name one of them in"
            + " spec.credentials.entry | another profile",
        "'[default]\naws_access_key_id=A' | has no aws_secret_access_key in profile default | half"
            + " of the keys",
        "'[default]\ncredential_process=/bin/sh' | has no aws_access_key_id and no"
            + " aws_secret_access_key in profile default | a program to run",
        "'[default]\naws_access_key_id A' | line 2 is neither a [profile] nor KEY = VALUE | no"
            + " INI",
        "'[default]\n[default]' | has profile default twice | which one counts differs from tool to"
            + " tool"
      })
  void whatCannotBeUsedIsRefusedWithoutShowingIt(String text, String words, String reason) {
    assertThat(read(text, "default"))
        .as(reason)
        .isInstanceOfSatisfying(
            Response.Failed.class,
            failed ->
                assertThat(failed.failure().words().text())
                    .isEqualTo("the key of the Secret in spec.credentials.secretRef " + words));
  }

  @Test
  void nothingOfItIsEverShown() {
    assertThat(new IniProfile("AKID1", "one", Optional.of("two")).toString())
        .doesNotContain("AKID1", "one", "two");
  }
}
