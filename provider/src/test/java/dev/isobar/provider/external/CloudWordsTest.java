package dev.isobar.provider.external;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class CloudWordsTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "No valid host was found. | No valid host was found. | plain words stay",
        "'line one\n\tline two' | line one line two | one line",
        "password=hunter22 was wrong | password=(hidden) was wrong | a value in prose",
        "{\"adminPass\": \"x1\", \"password\": \"hunter22\"} | {\"adminPass\": \"x1\","
            + " \"password\": (hidden)} | JSON",
        "X-Auth-Token: gAAAAABmX0123456789abcdefghij | X-Auth-Token: (hidden) | a header",
        "token gAAAAABmX0123456789abcdefghij expired | token (hidden) expired | a Keystone token by"
            + " its shape",
        "key AKIAIOSFODNN7EXAMPLE is not known | key (hidden) is not known | an access key by its"
            + " shape",
        "Authorization: Basic YTpi | Authorization: (hidden) | credentials of HTTP",
        "GET https://me:secret9@keystone:5000/v3 failed | GET https://(hidden)@keystone:5000/v3"
            + " failed | an address with a password",
        "Quota exceeded (Request-ID: req-3f2504e0-4f89-41d3-9a0c-0305e82c3301) | Quota exceeded |"
            + " numbers of requests differ every time",
        "no capacity. Request ID: 3f2504e0-4f89-41d3-9a0c-0305e82c3301 | no capacity. | also as EC2"
            + " writes them",
        "my-own-secret is wrong | (hidden) is wrong | secrets that are known, wherever they are"
      })
  void areFitForACondition(String raw, String text, String reason) {
    assertThat(CloudWords.of(raw, List.of("my-own-secret")).text()).as(reason).isEqualTo(text);
  }

  @Test
  void areNeverLong() {
    assertThat(CloudWords.ours("x".repeat(5000)).text()).hasSize(CloudWords.LONGEST + 3);
  }

  @Test
  void aShortSecretHidesNothing() {
    assertThat(CloudWords.of("a banana", List.of("a")).text()).isEqualTo("a banana");
  }
}
