package dev.isobar.provider.ec2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.isobar.apis.tree.Tree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.awscore.AwsRequest;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.sts.StsClient;

/** The policies of the page allow what the sources ask for, and nothing else. */
final class Ec2PageTest {
  /** Tests run in the folder of their module. */
  private static final Path PAGE = Path.of("../src/site/markdown/ec2.md");

  private static final Path SOURCES = Path.of("src/main/java/dev/isobar/provider/ec2");
  private static final Pattern BLOCK = Pattern.compile("(?s)```json\n(.*?)```");
  private static final Pattern CALL = Pattern.compile("\\.([a-z][A-Za-z]+)\\(");

  /** Nobody needs a right for it. */
  private static final String FREE = "sts:GetCallerIdentity";

  /** Every statement of every policy of the page. */
  private static List<Tree> statements() throws IOException {
    var json = new ObjectMapper();
    List<Tree> all = new ArrayList<>();
    var block = BLOCK.matcher(Files.readString(PAGE));
    while (block.find()) {
      all.addAll(Tree.of(json.readValue(block.group(1), Object.class)).at("Statement").items());
    }
    return all;
  }

  private static Set<String> texts(Tree one) {
    return Stream.concat(one.text().stream(), one.items().stream().flatMap(i -> i.text().stream()))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** The operations of a service, as the SDK's methods are called. */
  private static Set<String> operations(Class<?> client) {
    return Stream.of(client.getMethods())
        .filter(method ->
            method.getParameterCount() == 1
                && AwsRequest.class.isAssignableFrom(method.getParameterTypes()[0]))
        .map(method -> method.getName())
        .collect(Collectors.toSet());
  }

  private static Set<String> asked() throws IOException {
    Set<String> ec2 = operations(Ec2Client.class);
    Set<String> sts = operations(StsClient.class);
    Set<String> asked = new TreeSet<>();
    try (Stream<Path> files = Files.list(SOURCES)) {
      for (Path file : files.toList()) {
        String text = Files.readString(file);
        var call = CALL.matcher(text);
        while (call.find()) {
          String name = call.group(1);
          String action = name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
          if (ec2.contains(name)) {
            asked.add("ec2:" + action);
          } else if (sts.contains(name)) {
            asked.add("sts:" + action);
          }
        }
        if (text.contains("StsAssumeRoleCredentialsProvider.builder()")) {
          asked.add("sts:AssumeRole");
        }
      }
    }
    asked.remove(FREE);
    return asked;
  }

  @Test
  void thePoliciesAllowWhatIsAskedForAndNothingElse() throws IOException {
    Set<String> allowed = new TreeSet<>();
    statements().forEach(one -> allowed.addAll(texts(one.at("Action"))));
    assertThat(allowed).isEqualTo(asked());
  }

  /** IAM asks for the right to the groups, too, and groups carry no mark of ours. */
  @Test
  void whoMayChangeAnInterfaceMayNameAnyGroupForIt() throws IOException {
    List<Tree> statements =
        statements().stream()
            .filter(one -> texts(one.at("Action")).contains("ec2:ModifyNetworkInterfaceAttribute"))
            .toList();
    assertThat(statements)
        .extracting(one -> texts(one.at("Resource")), one -> one.at("Condition").exists())
        .containsExactlyInAnyOrder(
            tuple(Set.of("arn:aws:ec2:*:*:network-interface/*"), true),
            tuple(Set.of("arn:aws:ec2:*:*:security-group/*"), false));
  }
}
