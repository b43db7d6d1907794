package dev.isobar.function.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ListenAddressTest {
  @ParameterizedTest
  @CsvSource({
    ":9443,'',9443",
    "127.0.0.1:0,127.0.0.1,0",
    "function.example.org:65535,function.example.org,65535"
  })
  void readsWhatGoReads(String text, String host, int port) {
    assertThat(ListenAddress.parse(text)).isEqualTo(new ListenAddress(host, port));
    assertThat(ListenAddress.parse(text)).hasToString(text);
  }

  @ParameterizedTest
  @CsvSource({"[::1]:9443,::1", "[::]:9443,::"})
  void readsBracketedAddresses(String text, String host) {
    assertThat(ListenAddress.parse(text)).isEqualTo(new ListenAddress(host, 9443));
    assertThat(ListenAddress.parse(text)).hasToString(text);
  }

  @ParameterizedTest
  @CsvSource({
    "9443,has no port",
    "localhost,has no port",
    "'',has no port",
    "localhost:,no number for a port",
    "localhost:https,no number for a port",
    ":65536,beyond 0 to 65535",
    ":-1,beyond 0 to 65535",
    "::1:9443,write an IPv6 address in brackets",
  })
  void saysWhatIsWrong(String text, String problem) {
    assertThatThrownBy(() -> ListenAddress.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("\"" + text + "\"")
        .hasMessageContaining(problem);
  }
}
