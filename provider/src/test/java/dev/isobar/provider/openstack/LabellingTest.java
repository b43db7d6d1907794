package dev.isobar.provider.openstack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.apis.compute.InstanceObservation.Deviation;
import dev.isobar.apis.compute.InstanceParameters;
import dev.isobar.apis.compute.InstanceParameters.PowerState;
import dev.isobar.provider.external.Subject;
import dev.isobar.provider.external.Wishes;
import dev.isobar.provider.openstack.compute.Server;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class LabellingTest {
  private static final String UID = "3f2504e0-4f89-41d3-9a0c-0305e82c3301";
  private static final Subject SUBJECT =
      new Subject(UID, "lab", "one", Optional.empty(), Map.of(Subject.UID_TAG, UID));
  private static final Set<String> TAGS = Set.of("isobar", "isobar-uid=" + UID);

  private static InstanceParameters tagged(Map<String, String> tags) {
    return Wishes.machine(List.of("m1.tiny"), "image-1", List.of(), tags, PowerState.Running);
  }

  private static Labelling of(Map<String, String> tags, Server server) {
    return Labelling.of(SUBJECT, tagged(tags), server);
  }

  @Test
  void whatOthersWroteStays() {
    Server server =
        Servers.labelled(
            Map.of(
                "isobar-uid", UID,
                "isobar-keys", "owner,team",
                "owner", "ada",
                "team", "eo",
                "backup", "daily"),
            Set.of("isobar", "isobar-uid=" + UID, "theirs"));
    Labelling labelling = of(Map.of("team", "era5"), server);
    assertThat(labelling.add()).isEqualTo(Map.of("team", "era5", "isobar-keys", "team"));
    assertThat(labelling.remove()).containsExactly("owner");
    assertThat(labelling.tags()).isEmpty();
    assertThat(labelling.former()).isEmpty();
    assertThat(labelling.deviations(tagged(Map.of("team", "era5")), server))
        .containsExactly(
            new Deviation(
                "spec.forProvider.tags",
                "{isobar-keys=team, team=era5}",
                "{isobar-keys=owner,team, owner=ada, team=eo}",
                true));
  }

  @Test
  void aMarkThatWasTakenAwayIsPutBack() {
    Server server = Servers.labelled(Map.of("isobar-uid", UID), Set.of("theirs"));
    assertThat(of(Map.of(), server).tags()).containsExactly("isobar", "isobar-uid=" + UID);
  }

  @Test
  void aMarkOfAnotherGivesWayToOurs() {
    Server server =
        Servers.labelled(Map.of("isobar-uid", UID), Set.of("isobar", "isobar-uid=x", "theirs"));
    Labelling labelling = of(Map.of(), server);
    assertThat(labelling.tags()).containsExactly("isobar-uid=" + UID);
    assertThat(labelling.former()).containsExactly("isobar-uid=x");
  }

  @Test
  void whatIsAsItShallBeIsDone() {
    assertThat(of(Map.of(), Servers.labelled(Map.of("isobar-uid", UID), TAGS)).done()).isTrue();
  }

  @Test
  void keysOfAnyNumberAreRemembered() {
    Map<String, String> many =
        IntStream.range(0, 40)
            .boxed()
            .collect(Collectors.toMap(number -> "a-rather-long-key-" + number, String::valueOf));
    Map<String, String> metadata = ServerMarks.metadata(SUBJECT, tagged(many));
    assertThat(metadata.values()).allMatch(value -> value.length() <= 255);
    assertThat(ServerMarks.keysOf(Servers.labelled(metadata, TAGS)))
        .isEqualTo(new TreeMap<>(many).keySet());
  }

  @Test
  void tagsFitIntoNova() {
    assertThat(ServerMarks.tags(UID)).allMatch(tag -> tag.length() <= 60);
  }
}
