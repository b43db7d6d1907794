package dev.isobar.provider.cleanup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.apis.compute.ClusterCleanupStatus.Found;
import dev.isobar.provider.cleanup.ClusterAccount.Finding;
import dev.isobar.provider.external.Leftover;
import dev.isobar.provider.external.Leftover.Kind;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ClusterAccountTest {
  private static final String NOW = "EC2/us-east-1/2";

  private static List<String> words(String text) {
    return Stream.of(text.split(" ")).filter(word -> !word.isEmpty()).toList();
  }

  private static Finding finding(String remembered, String before, String there) {
    return new ClusterAccount(
            "ProviderConfig lab/aws",
            NOW,
            Optional.of(remembered).filter(text -> !text.isEmpty()),
            words(before).stream().map(id -> new Found(id, "Volume", "")).toList(),
            words(there).stream().map(id -> new Leftover(Kind.Volume, id, "", true)).toList())
        .finding();
  }

  private static String told(Finding finding) {
    return switch (finding) {
      case Finding.Known() -> "known";
      case Finding.News() -> "news";
      case Finding.Elsewhere(var why) -> why.words().text();
    };
  }

  @ParameterizedTest(name = "{4}")
  @CsvSource(
      textBlock =
          """
          EC2/us-east-1/2, v1,    '',    known, where it was all may have gone since
          EC2/us-east-1/1, v1 v2, v2,    news,  what is seen again is where it was
          EU/us-east-1/2,  v1,    v1 v3, news,  also where the region got another name
          '',              '',    '',    news,  nothing was seen yet
          '',              '',    v1,    news,  nothing was seen yet and something is there
          '',              v1,    v1,    news,  an earlier version saw it there
          '',              v1,    v2,    news,  the name says whose it is
          """)
  void anAccountIsThatOfTheCluster(
      String remembered, String before, String there, String expected, String reason) {
    assertThat(told(finding(remembered, before, there))).as(reason).isEqualTo(expected);
  }

  @ParameterizedTest(name = "{3}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          EC2/us-east-1/1 | ''    | '' | nothing there is no proof that nothing is left
          EC2/us-east-1/1 | v1    | '' | nor that what was seen is gone
          EC2/us-east-1/1 | v1    | v2 | what is called alike may be of another cluster
          """)
  void anotherAccountIsNot(String remembered, String before, String there, String reason) {
    assertThat(told(finding(remembered, before, there)))
        .as(reason)
        .isEqualTo(
            "the cluster is in account EC2/us-east-1/1, and ProviderConfig lab/aws leads to"
                + " EC2/us-east-1/2; give it back its former credentials, or set annotation"
                + " isobar.dev/account of this object to where the cluster is");
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          v1,       Volume v1
          v1 v2 v3, Volume v1 and 2 more
          """)
  void anEarlierVersionsThingsThatAreNotThereMakeItDoubtful(String before, String named) {
    assertThat(told(finding("", before, "")))
        .isEqualTo(
            "ProviderConfig lab/aws leads to account EC2/us-east-1/2, which has nothing of what was"
                + " found before ("
                + named
                + "); give it back its former credentials, or set annotation isobar.dev/account of"
                + " this object to that account if it is right");
  }
}
