package dev.isobar.apis.compute;

import dev.isobar.apis.schema.Default;
import dev.isobar.apis.schema.Doc;
import dev.isobar.apis.schema.ExactlyOne;
import dev.isobar.apis.schema.Items;
import dev.isobar.apis.schema.Length;
import java.util.Map;
import java.util.Optional;

/** Which image an Instance starts from. */
@Doc("A machine image by id, or by what it is called and carries.")
@ExactlyOne({"id", "selector"})
public record ImageChoice(
    @Doc("Its id: a UUID on OpenStack, ami-... on EC2.") @Length(min = 1, max = 64)
        Optional<String> id,
    @Doc("What it is called and carries.") Optional<Selector> selector) {
  /** What an image must be like. */
  @Doc("What the image must be like; everything that is set must hold.")
  public record Selector(
      @Doc("Its exact name.") @Length(min = 1, max = 255) Optional<String> name,
      @Doc(
              "Whose it is: a project id on OpenStack; an account id, self or amazon on EC2. The"
                  + " project's or account's own when left out. With any it is whosever the project"
                  + " sees; on EC2, where everybody may publish an image of any name, the account's"
                  + " own.")
          @Length(min = 1, max = 64)
          Optional<String> owner,
      @Doc("Tags it must carry; a tag without value is written with an empty one.")
          @Items(max = 16)
          @Default("{}")
          Map<String, String> tags,
      @Doc("Properties it must have (OpenStack), such as os_distro.")
          @Items(max = 16)
          @Default("{}")
          Map<String, String> properties,
      @Doc(
              "Which one when several are like that. Only: none, this is a mistake. Newest: the one"
                  + " made last.")
          @Default("\"Only\"")
          Pick pick) {
    /** The owner who is none in particular. */
    public static final String ANY = "any";
  }

  /** Which image when several match; spelled as in the API. */
  public enum Pick {
    Only,
    Newest
  }
}
