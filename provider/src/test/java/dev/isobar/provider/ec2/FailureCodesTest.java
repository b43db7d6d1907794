package dev.isobar.provider.ec2;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.provider.external.CloudWords;
import dev.isobar.provider.external.Failure;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class FailureCodesTest {
  private static final CloudWords WORDS = CloudWords.ours("words");

  @ParameterizedTest
  @CsvSource({
    "InsufficientInstanceCapacity, 500, InsufficientCapacity, true, EC2 sends it as 500 too",
    "InsufficientHostCapacity, 400, InsufficientCapacity, true, no host has room",
    "ReservationCapacityExceeded, 400, InsufficientCapacity, true, the reservation is used up",
    "SpotMaxPriceTooLow, 400, InsufficientCapacity, true, another zone may be cheaper",
    "InsufficientFreeAddressesInSubnet, 400, InsufficientCapacity, true, another zone has another",
    "VcpuLimitExceeded, 400, QuotaExceeded, true, the account's limit of a family",
    "InstanceLimitExceeded, 400, QuotaExceeded, true, the old limit",
    "MaxSpotInstanceCountExceeded, 400, QuotaExceeded, true, does not end like the others",
    "AddressLimitExceeded, 400, QuotaExceeded, true, known by its end",
    "RequestLimitExceeded, 503, Throttled, true, ends like a quota but is none",
    "Throttling, 400, Throttled, true, STS",
    "UnauthorizedOperation, 403, AuthenticationFailed, true, lacks a right",
    "AuthFailure, 401, AuthenticationFailed, true, wrong keys",
    "ExpiredToken, 400, AuthenticationFailed, true, a session that is over",
    "OptInRequired, 403, AuthenticationFailed, true, the account may not use it",
    "'', 401, AuthenticationFailed, true, a reply whose body got lost",
    "InvalidAMIID.NotFound, 400, InvalidConfiguration, true, no such image",
    "InvalidParameterCombination, 400, InvalidConfiguration, true, what does not go together",
    "UnsupportedOperation, 400, InvalidConfiguration, true, not this type",
    "Unsupported, 400, InvalidConfiguration, true, no zone is named",
    "OperationNotPermitted, 400, InvalidConfiguration, true, protected",
    "IncorrectInstanceState, 400, Busy, true, it is on its way",
    "InvalidIPAddress.InUse, 400, Busy, true, a machine that is going still has it",
    "InternalError, 500, CloudUnreachable, false, it may have been done",
    "Unavailable, 503, CloudUnreachable, false, so may this",
    "'', 502, CloudUnreachable, false, a balancer in between",
    "SomethingNew, 400, ProviderError, true, not known",
    "Server.InternalError, 0, ProviderError, true, the reason of an instance's end"
  })
  void codesHaveAMeaning(String code, int status, String reason, boolean certain, String why) {
    assertThat(FailureCodes.of(code, status, WORDS, Optional.empty()).reason())
        .as(why)
        .isEqualTo(reason);
    assertThat(FailureCodes.certain(code, status)).as(why).isEqualTo(certain);
  }

  @Test
  void aTypeThatAZoneDoesNotHaveMayBeHadInAnother() {
    var words =
        CloudWords.ours(
            "Your requested instance type (p5.48xlarge) is not supported in your requested"
                + " Availability Zone (us-east-1e).");
    assertThat(FailureCodes.of("Unsupported", 400, words, Optional.empty()).ofThisOffer()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "InvalidParameterValue, Invalid value 'p9.large' for InstanceType., true",
    "InvalidInstanceType, The following supplied instance types do not exist: [p9.large], true",
    "InvalidParameterValue, Invalid value 'x' for BlockDeviceMapping., false"
  })
  void aTypeThatTheRegionDoesNotHaveHoldsUpNoOther(String code, String said, boolean onlyHere) {
    var words = CloudWords.ours(said);
    assertThat(FailureCodes.of(code, 400, words, Optional.empty()))
        .isEqualTo(new Failure.InvalidConfiguration(words, onlyHere));
  }

  @Test
  void aThrottleSaysHowLongToWait() {
    var wait = Optional.of(Duration.ofSeconds(3));
    assertThat(FailureCodes.of("RequestLimitExceeded", 503, WORDS, wait).patience())
        .isEqualTo(wait);
  }
}
