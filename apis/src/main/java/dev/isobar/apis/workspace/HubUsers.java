package dev.isobar.apis.workspace;

import dev.isobar.apis.schema.Default;
import dev.isobar.apis.schema.Distinct;
import dev.isobar.apis.schema.Doc;
import dev.isobar.apis.schema.Items;
import dev.isobar.apis.schema.Length;
import java.util.List;

/** Who may use a JupyterHub. */
@Doc("Who may come in. Nobody may unless named here, or by an organisation of GitHub.")
public record HubUsers(
    @Doc("Users.") @Distinct @Items(max = 1000) @Default("[]") @Length(min = 1, max = 255)
        List<String> allowed,
    @Doc(
            "Groups: with oidc those that the provider's userinfo endpoint tells, or the ID token"
                + " where it has none; with ldap full names of groups, as in"
                + " cn=forecasters,ou=groups,dc=example,dc=org.")
        @Distinct
        @Items(max = 100)
        @Default("[]")
        @Length(min = 1, max = 1024)
        List<String> groups,
    @Doc("Users who run the hub, and may enter the servers of others.")
        @Distinct
        @Items(max = 100)
        @Default("[]")
        @Length(min = 1, max = 255)
        List<String> admins,
    @Doc("Groups whose members run the hub; with oidc only.")
        @Distinct
        @Items(max = 100)
        @Default("[]")
        @Length(min = 1, max = 1024)
        List<String> adminGroups,
    @Doc("Everybody who can log in.") @Default("false") boolean everyone) {}
