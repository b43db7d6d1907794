package dev.isobar.apis.platform;

import dev.isobar.apis.schema.Default;
import dev.isobar.apis.schema.Doc;
import dev.isobar.apis.schema.Length;
import dev.isobar.apis.schema.Matches;
import java.util.Optional;

/** Login with an OpenID Connect provider. */
@Doc("Login to the Kubernetes API with an OpenID Connect provider.")
public record Oidc(
    @Doc("Address of the issuer, exactly as in its tokens.")
        @Matches(
            value = "https://[^\\s\"'{}?#@/]+(/[^\\s\"'{}?#]*)?",
            says = "an https address without user, query or fragment")
        @Length(min = 9, max = 1024)
        String issuer,
    @Doc("Client that tokens must be issued for.") @Length(min = 1, max = 255) String clientId,
    @Doc("Claim of the token that names the user.") @Default("\"sub\"") @Length(min = 1, max = 255)
        String usernameClaim,
    @Doc(
            "Put in front of user names so that they cannot pass for others; \"-\" for none."
                + " Nothing that makes names of Kubernetes' own, system:.")
        @Default("\"oidc:\"")
        @Length(max = 63)
        String usernamePrefix,
    @Doc("Claim of the token that lists the user's groups.") @Length(min = 1, max = 255)
        Optional<String> groupsClaim,
    @Doc(
            "Put in front of group names. Without one, whoever gives groups to people can give them"
                + " system:masters, which may do everything.")
        @Default("\"oidc:\"")
        @Length(max = 63)
        String groupsPrefix) {}
