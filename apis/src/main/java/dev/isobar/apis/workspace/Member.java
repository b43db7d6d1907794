package dev.isobar.apis.workspace;

import dev.isobar.apis.schema.Default;
import dev.isobar.apis.schema.Doc;
import dev.isobar.apis.schema.ExactlyOne;
import dev.isobar.apis.schema.Length;
import java.util.Optional;

/** Somebody who may work in the namespace. */
@Doc("A user or a group, and what they may do in the workspace's namespace.")
@ExactlyOne({"user", "group"})
public record Member(
    @Doc("A user.") @Length(min = 1, max = 253) Optional<String> user,
    @Doc("A group.") @Length(min = 1, max = 253) Optional<String> group,
    @Doc(
            "View: read all but Secrets. Edit: run and change work, read Secrets, and run commands"
                + " in all pods, those of a JupyterHub included. Admin: give others roles,"
                + " besides.")
        @Default("\"Edit\"")
        Role role) {
  /** What a member may do; spelled as in the API. */
  public enum Role {
    View,
    Edit,
    Admin
  }
}
