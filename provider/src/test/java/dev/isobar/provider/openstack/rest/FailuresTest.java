package dev.isobar.provider.openstack.rest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.provider.external.CloudWords;
import dev.isobar.provider.external.Failure;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Bodies as a real Zed gives them. */
final class FailuresTest {
  private static final Instant NOW = Instant.parse("2026-11-26T00:00:00Z");

  private static Failure of(int status, Map<String, String> headers, String body) {
    return Failures.of(
        "POST /servers",
        status,
        headers,
        body.getBytes(StandardCharsets.UTF_8),
        List.of("dXNlciBkYXRh"),
        NOW);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "401 | {\"error\":{\"code\":401,\"title\":\"Unauthorized\",\"message\":\"The request you"
            + " have made requires authentication.\"}} | AuthenticationFailed | The request you"
            + " have made requires authentication. | Keystone's form",
        "403 | {\"forbidden\":{\"code\":403,\"message\":\"Quota exceeded for ram: Requested 65536,"
            + " but already used 0 of 51200 ram\"}} | QuotaExceeded | Quota exceeded for ram:"
            + " Requested 65536, but already used 0 of 51200 ram | Nova's quota comes as 403",
        "403 | {\"forbidden\":{\"code\":403,\"message\":\"Maximum number of ports exceeded\"}} |"
            + " QuotaExceeded | Maximum number of ports exceeded | Neutron's quota by way of Nova",
        "403 | {\"forbidden\":{\"code\":403,\"message\":\"Policy doesn't allow"
            + " os_compute_api:os-hypervisors:list to be performed.\"}} | AuthenticationFailed |"
            + " Policy doesn't allow os_compute_api:os-hypervisors:list to be performed. | a right"
            + " is missing",
        "409 | {\"NeutronError\":{\"type\":\"OverQuota\",\"message\":\"Quota exceeded for"
            + " resources: ['port'].\",\"detail\":\"\"}} | QuotaExceeded | Quota exceeded for"
            + " resources: ['port']. | Neutron's quota comes as 409",
        "409 | {\"NeutronError\":{\"type\":\"IpAddressGenerationFailure\",\"message\":\"No more IP"
            + " addresses available on network n.\",\"detail\":\"\"}} | InsufficientCapacity | No"
            + " more IP addresses available on network n. | a subnet is full",
        "409 | {\"NeutronError\":{\"type\":\"IpAddressAlreadyAllocated\",\"message\":\"IP address"
            + " 10.0.0.5 already allocated in subnet s\",\"detail\":\"\"}} | InvalidConfiguration |"
            + " IP address 10.0.0.5 already allocated in subnet s | a fixed address is somebody"
            + " else's",
        "409 | {\"conflictingRequest\":{\"code\":409,\"message\":\"Cannot 'stop' instance s while"
            + " it is in vm_state stopped\"}} | Busy | Cannot 'stop' instance s while it is in"
            + " vm_state stopped | later it will do",
        "400 | {\"badRequest\":{\"code\":400,\"message\":\"Can not find requested image\"}} |"
            + " InvalidConfiguration | Can not find requested image | an unknown image",
        "400 | {\"badRequest\":{\"code\":400,\"message\":\"Invalid input for field/attribute"
            + " user_data. Value: dXNlciBkYXRh. 'dXNlciBkYXRh' is too long\"}} |"
            + " InvalidConfiguration | Invalid input for field/attribute user_data. '(hidden)' is"
            + " too long | what was sent is not repeated",
        "400 | {\"badRequest\":{\"code\":400,\"message\":\"The requested availability zone is not"
            + " available\"}} | InsufficientCapacity | The requested availability zone is not"
            + " available | all hosts of a zone are down",
        "404 | <html><head><title>404 Not Found</title></head><body><h1>404 Not Found</h1>No image"
            + " found with ID x<br /></body></html> | InvalidConfiguration | 404 Not Found: 404 Not"
            + " Found No image found with ID x | Glance answers with a page",
        "406 | {\"computeFault\":{\"code\":406,\"message\":\"Version 2.99 is not supported by the"
            + " API.\"}} | InvalidConfiguration | Version 2.99 is not supported by the API. | a"
            + " version nobody speaks",
        "413 | {\"overLimit\":{\"code\":413,\"message\":\"Volume quota exceeded\"}} | QuotaExceeded"
            + " | Volume quota exceeded | Cinder's quota",
        "429 | '' | Throttled | POST /servers is answered with status 429 | a balancer without"
            + " words",
        "500 | {\"computeFault\":{\"code\":500,\"message\":\"Unexpected API Error.\"}} |"
            + " ProviderError | Unexpected API Error. | a fault of the cloud",
        "502 | <html><title>502 Bad Gateway</title></html> | CloudUnreachable | 502 Bad Gateway | a"
            + " balancer without a server",
        "503 | '' | CloudUnreachable | POST /servers is answered with status 503 | the same",
        "501 | '' | InvalidConfiguration | POST /servers is answered with status 501 | the cloud"
            + " cannot do it"
      })
  void areToldApart(int status, String body, String reason, String words, String why) {
    Failure failure = of(status, Map.of(), body);
    assertThat(failure.reason()).as(why).isEqualTo(reason);
    assertThat(failure.words().text()).as(why).isEqualTo(words);
  }

  @Test
  void aPauseThatIsAskedForIsKept() {
    Map<String, String> headers = Map.of("retry-after", "7");
    assertThat(of(429, headers, ""))
        .isEqualTo(
            new Failure.Throttled(
                CloudWords.ours("POST /servers is answered with status 429"),
                Optional.of(Duration.ofSeconds(7))));
    assertThat(of(503, headers, "").patience()).contains(Duration.ofSeconds(7));
    assertThat(of(413, headers, "").patience()).contains(Duration.ofSeconds(7));
  }

  @ParameterizedTest
  @CsvSource({
    "120, PT2M, seconds",
    "'Thu, 26 Nov 2026 00:00:30 GMT', PT30S, a date",
    "'Wed, 25 Nov 2026 00:00:30 GMT', PT0S, a date that is over",
    "soon, , nonsense is as nothing"
  })
  void pausesAreWrittenInTwoWays(String header, Duration wait, String why) {
    assertThat(Failures.patience(header, NOW)).as(why).isEqualTo(Optional.ofNullable(wait));
  }
}
