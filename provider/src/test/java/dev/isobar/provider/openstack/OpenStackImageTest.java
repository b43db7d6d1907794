package dev.isobar.provider.openstack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.apis.compute.ImageChoice;
import dev.isobar.provider.external.CloudWords;
import dev.isobar.provider.external.Creation;
import dev.isobar.provider.external.CreationToken;
import dev.isobar.provider.external.Failure;
import dev.isobar.provider.external.Machines;
import dev.isobar.provider.external.Offer;
import dev.isobar.provider.external.Order;
import dev.isobar.provider.external.Subject;
import dev.isobar.provider.external.Wishes;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which image is meant by a name: the project is project-1, and sees some of project-2. */
final class OpenStackImageTest {
  private static final String UID = "3f2504e0-4f89-41d3-9a0c-0305e82c3301";

  private final FakeOpenStack cloud = new FakeOpenStack();
  private final Machines machines = Opened.machines(cloud);

  @AfterEach
  void end() {
    cloud.close();
  }

  private void upload(String id, String name, String owner) {
    cloud.upload(Map.of("id", id, "name", name, "owner", owner));
  }

  private Creation made(String name, String owner, ImageChoice.Pick pick) {
    var selector =
        new ImageChoice.Selector(
            Optional.of(name),
            Optional.of(owner).filter(one -> !one.isEmpty()),
            Map.of(),
            Map.of(),
            pick);
    return machines.create(
        new Order(
            new Subject(UID, "lab", "one", Optional.empty(), Map.of(Subject.UID_TAG, UID)),
            CreationToken.of(UID, 1),
            new Offer("m1.tiny", Optional.empty()),
            Wishes.from(
                Wishes.machine("m1.tiny", "image-1"),
                new ImageChoice(Optional.empty(), Optional.of(selector))),
            Optional.empty(),
            Optional.empty()));
  }

  @ParameterizedTest
  @CsvSource({
    "tiny, '', Only, image-1, the project's own",
    "tiny, any, Only, image-1, which is one that it sees",
    "kube, project-2, Only, image-2, another project's, which is named",
    "kube, any, Only, image-2, and which is not",
    "twice, '', Only, image-3, of two of a name its own",
    "twice, any, Newest, image-3, or the first that Glance tells"
  })
  void isTheImageOfThatName(
      String name, String owner, ImageChoice.Pick pick, String image, String why) {
    upload("image-2", "kube", "project-2");
    upload("image-3", "twice", "project-1");
    upload("image-4", "twice", "project-2");
    assertThat(made(name, owner, pick)).as(why).isEqualTo(new Creation.Created("server-1"));
    assertThat(cloud.last().body().at("server", "imageRef").text()).as(why).contains(image);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "kube  |       | project project-1 has no active image like that; correct it, or say in"
            + " owner whose image it is | another project's, and nobody says so",
        "kube  | p-3   | project p-3 has no active image like that; correct it | it has none",
        "none  | any   | the project sees no active image like that; correct it | nobody has one",
        "twice | any   | 2 images are like that (image-3, image-4); name one by its id, say more of"
            + " it, or pick: Newest | any could be meant",
        "many  | any   | 5 images are like that (many-0, many-1, many-2, many-3 ...); name one by"
            + " its id, say more of it, or pick: Newest | not all fit into a message"
      })
  void whatMayBeNoneOrSeveralIsRefused(String name, String owner, String words, String why) {
    upload("image-2", "kube", "project-2");
    upload("image-3", "twice", "project-1");
    upload("image-4", "twice", "project-2");
    for (int i = 0; i < 5; i++) {
      upload("many-" + i, "many", "project-2");
    }
    assertThat(made(name, Optional.ofNullable(owner).orElse(""), ImageChoice.Pick.Only))
        .as(why)
        .isEqualTo(
            new Creation.Refused(
                new Failure.InvalidConfiguration(
                    CloudWords.ours("spec.forProvider.image.selector: " + words))));
  }
}
