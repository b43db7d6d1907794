package dev.isobar.apis.compute;

import dev.isobar.apis.schema.Default;
import dev.isobar.apis.schema.Doc;
import dev.isobar.apis.schema.Items;
import dev.isobar.apis.schema.Length;
import dev.isobar.apis.schema.Matches;
import java.util.Map;

/** Where a cloud is. */
@Doc("Where the cloud is.")
public record CloudEndpoints(
    @Doc(
            "Addresses by service, instead of those in the catalogue (OpenStack: compute, network,"
                + " image; EC2: ec2, sts).")
        @Matches(value = "[a-z0-9-]{1,32}", says = "the type of a service such as compute")
        @Items(max = 8)
        @Length(min = 8, max = 255)
        @Default("{}")
        Map<String, String> overrides,
    @Doc(
            "Which of the catalogue's addresses (OpenStack). Public: those for everybody. Internal,"
                + " Admin: those inside the cloud, for its operators.")
        @Default("\"Public\"")
        Reach reach) {
  /** Kinds of addresses in OpenStack's catalogue; spelled as in the API. */
  public enum Reach {
    Public,
    Internal,
    Admin
  }
}
