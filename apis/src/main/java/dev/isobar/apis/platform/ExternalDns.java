package dev.isobar.apis.platform;

import dev.isobar.apis.schema.Default;
import dev.isobar.apis.schema.Distinct;
import dev.isobar.apis.schema.Doc;
import dev.isobar.apis.schema.ExactlyOne;
import dev.isobar.apis.schema.Items;
import dev.isobar.apis.schema.Length;
import dev.isobar.apis.schema.Matches;
import dev.isobar.apis.schema.Max;
import dev.isobar.apis.schema.Min;
import java.util.List;
import java.util.Optional;

/** Records of a name server for what the cluster serves. */
@Doc("Records of a name server for what the cluster serves.")
@ExactlyOne({"rfc2136", "route53", "designate"})
public record ExternalDns(
    @Doc("Zones it may write to; names outside them are left alone.")
        @Distinct
        @Items(min = 1, max = 20)
        @Matches(value = ExternalDns.ZONE, says = "a domain such as lab.example.org")
        List<String> zones,
    @Doc(
            "What becomes of records whose Service or Ingress is gone: KeepRecords, or"
                + " DeleteRecords of those that this cluster made.")
        @Default("\"KeepRecords\"")
        Policy policy,
    @Doc("A name server that takes dynamic updates (RFC 2136), such as BIND or Knot.")
        Optional<Rfc2136> rfc2136,
    @Doc("Route 53 of AWS.") Optional<Route53> route53,
    @Doc(
            "Designate of the cluster's own OpenStack, with the Cloud's workloadCredentials, which"
                + " need rights to its zones.")
        Optional<Designate> designate) {
  static final String ZONE =
      "[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)+";

  /** What becomes of records that nothing needs; spelled as in the API. */
  public enum Policy {
    KeepRecords,
    DeleteRecords
  }

  /** Algorithms of TSIG; spelled as in the API. */
  public enum Algorithm {
    HmacSha256,
    HmacSha512
  }

  /** A name server that takes updates. */
  @Doc("A name server that takes dynamic updates, signed with a key (TSIG).")
  public record Rfc2136(
      @Doc("Its name or address.")
          @Matches(
              value = "[a-zA-Z0-9]([a-zA-Z0-9.-]{0,251}[a-zA-Z0-9])?",
              says = "a host name or address, without scheme or port")
          String server,
      @Doc("Its port.") @Default("53") @Min(1) @Max(65535) int port,
      @Doc("Name of the key.")
          @Matches(value = "[a-zA-Z0-9]([a-zA-Z0-9._-]*[a-zA-Z0-9])?", says = "the name of a key")
          @Length(min = 1, max = 253)
          String keyName,
      @Doc("Algorithm of the key: HmacSha256 or HmacSha512.") @Default("\"HmacSha256\"")
          Algorithm algorithm,
      @Doc("The key itself, in base64 as name servers have it.") SecretKey keySecretRef) {}

  /** Route 53. */
  @Doc("Route 53 of AWS.")
  public record Route53(
      @Doc("A role to assume, for zones of another account.")
          @Matches(
              value = "arn:aws[a-z-]*:iam::[0-9]{12}:role/[a-zA-Z0-9+=,.@_/-]+",
              says = "the ARN of a role")
          @Length(min = 20, max = 2048)
          Optional<String> role,
      @Doc(
              "A shared credentials file as the AWS command line has it; without one, what the"
                  + " nodes' own role may do counts.")
          Optional<SecretKey> credentialsSecretRef) {}

  /** Designate. */
  @Doc("Designate of the cluster's own OpenStack.")
  public record Designate() {}
}
