package dev.isobar.e2e.ec2;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Users and roles of the stand-in; IAM's client is not worth its size for four calls. */
final class StandInIam {
  /** What the header says it is for decides which service answers. */
  private static final String AUTHORIZATION =
      "AWS4-HMAC-SHA256 Credential=operator/20260101/us-east-1/iam/aws4_request, "
          + "SignedHeaders=host, Signature=none";

  /** The account of everybody who says nothing else. */
  private static final String OWN = "123456789012";

  private final URI address;

  StandInIam(URI address) {
    this.address = address;
  }

  /** Keys of a user. */
  record Keys(String id, String secret) {}

  /** Makes a user who may do some actions. */
  Keys user(String name, String... actions) {
    ask(Map.of("Action", "CreateUser", "UserName", name));
    ask(
        Map.of(
            "Action",
            "PutUserPolicy",
            "UserName",
            name,
            "PolicyName",
            "own",
            "PolicyDocument",
            policy(actions)));
    String reply = ask(Map.of("Action", "CreateAccessKey", "UserName", name));
    return new Keys(inside("AccessKeyId", reply), inside("SecretAccessKey", reply));
  }

  /** Makes a role that may do some actions, and whose trust asks for an external id. */
  String role(String name, String externalId, String... actions) {
    return roleOf(OWN, name, externalId, actions);
  }

  /** The same in another account. */
  String roleOf(String account, String name, String externalId, String... actions) {
    String trust =
        """
        {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "sts:AssumeRole",
        "Principal": {"AWS": "*"}, "Condition": {"StringEquals": {"sts:ExternalId": "%s"}}}]}
        """
            .formatted(externalId);
    String reply =
        ask(
            account,
            Map.of("Action", "CreateRole", "RoleName", name, "AssumeRolePolicyDocument", trust));
    ask(
        account,
        Map.of(
            "Action",
            "PutRolePolicy",
            "RoleName",
            name,
            "PolicyName",
            "own",
            "PolicyDocument",
            policy(actions)));
    return inside("Arn", reply);
  }

  private static String policy(String... actions) {
    return "{\"Version\": \"2012-10-17\", \"Statement\": [{\"Effect\": \"Allow\", \"Action\": [\""
        + String.join("\", \"", actions)
        + "\"], \"Resource\": \"*\"}]}";
  }

  private String ask(Map<String, String> parameters) {
    return ask(OWN, parameters);
  }

  private String ask(String account, Map<String, String> parameters) {
    String body =
        parameters.entrySet().stream()
            .map(one ->
                one.getKey() + "=" + URLEncoder.encode(one.getValue(), StandardCharsets.UTF_8))
            .collect(Collectors.joining("&"));
    var request =
        HttpRequest.newBuilder(address)
            .header("Authorization", AUTHORIZATION)
            .header("x-moto-account-id", account)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    try (var client = HttpClient.newHttpClient()) {
      var reply = client.send(request, HttpResponse.BodyHandlers.ofString());
      if (reply.statusCode() != 200) {
        throw new AssertionError(parameters + ": " + reply.statusCode() + " " + reply.body());
      }
      return reply.body();
    } catch (IOException | InterruptedException unreachable) {
      throw new AssertionError(unreachable);
    }
  }

  private static String inside(String element, String xml) {
    Matcher found = Pattern.compile("<" + element + ">([^<]*)<").matcher(xml);
    if (!found.find()) {
      throw new AssertionError("no " + element + " in " + xml);
    }
    return found.group(1);
  }
}
