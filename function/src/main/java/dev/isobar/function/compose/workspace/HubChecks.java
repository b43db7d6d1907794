package dev.isobar.function.compose.workspace;

import dev.isobar.apis.schema.Cidr;
import dev.isobar.apis.schema.Size;
import dev.isobar.apis.schema.Span;
import dev.isobar.apis.workspace.HubStorage;
import dev.isobar.apis.workspace.JupyterHub;
import dev.isobar.apis.workspace.ServerProfile;
import dev.isobar.function.compose.plan.Mistakes;
import dev.isobar.function.compose.plan.ReplacementChecks;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Checks a hub for what its schema lets pass and Kubernetes or the chart would not. */
final class HubChecks {
  private static final String PATH = "spec.jupyterhub";

  /** Where servers have their own files, and what the chart and the image put beside them. */
  private static final List<String> TAKEN =
      List.of(
          "/bin",
          "/boot",
          "/dev",
          "/etc",
          "/home/jovyan",
          "/lib",
          "/lib64",
          "/opt",
          "/proc",
          "/root",
          "/run",
          "/sbin",
          "/sys",
          "/tmp",
          "/usr");

  private static final Size SMALLEST_HOME = new Size("100Mi");

  /** Clouds have no larger volumes. */
  private static final Size LARGEST_HOME = new Size("64Ti");

  private static final Span SHORTEST_IDLE = new Span("5m");

  /** JupyterLab alone takes most of it. */
  static final Size LEAST_MEMORY = new Size("128Mi");

  private static final Pattern ISSUER =
      Pattern.compile("https://(\\[[0-9a-fA-F:.]+]|[A-Za-z0-9.-]+)(:[0-9]+)?(/[^?#]*)?");

  /** Parts of a path that lead elsewhere or nowhere. */
  private static final Pattern WINDING = Pattern.compile("/(\\.{1,2})?(/|$)");

  private static final Pattern HOST_AND_PORT = Pattern.compile("[^:]+:[0-9]+");

  /** What ends in a number is an address to whoever reads it, not a name. */
  private static final Pattern ADDRESS = Pattern.compile("(.*\\.)?[0-9]+");

  /** The beginning of a full name in a directory. */
  private static final Pattern FULL_NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9.-]*\\s*=.+");

  private static final Pattern KEY =
      Pattern.compile(
          "([a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?");

  private final JupyterHub hub;
  private final Mistakes mistakes;

  HubChecks(JupyterHub hub, Mistakes mistakes) {
    this.hub = hub;
    this.mistakes = mistakes;
  }

  void check() {
    checkHost();
    checkProfiles();
    checkHome();
    checkShared();
    checkIssuer();
    checkDirectory();
    checkTemplates();
    checkFullNames();
    checkAnnotations();
    checkIdle(hub.idle().cullAfter());
    checkTime("maxAge", hub.idle().maxAge());
    checkTime("kernelsAfter", hub.idle().kernelsAfter());
    checkNames("allowed", hub.users().allowed());
    checkNames("admins", hub.users().admins());
    checkRanges();
  }

  private void checkHost() {
    if (ADDRESS.matcher(hub.host()).matches()) {
      mistakes.add(
          PATH + ".host",
          hub.host() + " ends in a number, as addresses do, and a way in for HTTP takes names",
          "write a name that leads there, such as hub.example.org");
    }
  }

  /** The longest age of a server is also how long its node is drained. */
  private void checkTime(String field, Optional<Span> time) {
    time.filter(span ->
            span.duration().isZero()
                || span.duration().compareTo(ReplacementChecks.LONGEST.duration()) > 0)
        .ifPresent(span ->
            mistakes.add(
                PATH + ".idle." + field,
                span.text() + " is no time that can be waited for",
                "set it to 1s up to " + ReplacementChecks.LONGEST.text()));
  }

  /** A server tells the hub every five minutes that it is used, and would seem idle in between. */
  private void checkIdle(Span time) {
    if (time.duration().compareTo(SHORTEST_IDLE.duration()) < 0
        || time.duration().compareTo(ReplacementChecks.LONGEST.duration()) > 0) {
      mistakes.add(
          PATH + ".idle.cullAfter",
          time.text() + " is no time after which a server can be told to be idle",
          "set it to "
              + SHORTEST_IDLE.text()
              + ", the time between two signs of its use, up to "
              + ReplacementChecks.LONGEST.text());
    }
  }

  /** A hub with another name does not start. */
  private void checkNames(String field, List<String> names) {
    for (int i = 0; i < names.size(); i++) {
      String name = names.get(i);
      boolean slash = name.contains("/");
      if (slash || (!name.isBlank() && !name.equals(name.strip()))) {
        mistakes.add(
            PATH + ".users." + field + "[" + i + "]",
            slash ? "has a slash, which no user of a hub has" : "has a blank at one end",
            slash
                ? "write the name that the user logs in with; groups stand in users.groups"
                : "write \"" + name.strip() + '"');
      }
    }
  }

  private void checkRanges() {
    List<Cidr> ranges = hub.networkPolicy().allowed();
    for (int i = 0; i < ranges.size(); i++) {
      if (ranges.get(i).plain().equals(MetadataRange.ADDRESS)) {
        mistakes.add(
            PATH + ".networkPolicy.allowed[" + i + "]",
            "is the metadata service of the cloud, which no server may reach",
            "remove it");
      }
    }
  }

  private void checkProfiles() {
    List<String> chosen = new ArrayList<>();
    for (int i = 0; i < hub.profiles().size(); i++) {
      ServerProfile profile = hub.profiles().get(i);
      String path = PATH + ".profiles[" + i + "]";
      if (profile.preselected()) {
        chosen.add(profile.name());
      }
      if (profile.preselected() && chosen.size() > 1) {
        mistakes.add(
            path + ".preselected",
            "is true, and of profile " + chosen.getFirst() + " as well, but users have one",
            "keep one of them");
      }
      ImageReference.problem(profile.image())
          .ifPresent(problem ->
              mistakes.add(
                  path + ".image", problem, "write " + ImageReference.nearest(profile.image())));
      if (profile.memory().compareTo(LEAST_MEMORY) < 0) {
        mistakes.add(
            path + ".memory",
            profile.memory().text() + " is less than a server itself takes",
            "ask for " + LEAST_MEMORY.text() + " or more");
      }
    }
  }

  private void checkHome() {
    Size home = hub.storage().home();
    if (home.compareTo(SMALLEST_HOME) < 0 || home.compareTo(LARGEST_HOME) > 0) {
      mistakes.add(
          PATH + ".storage.home",
          home.text() + " is no size of a home",
          "set it to " + SMALLEST_HOME.text() + " up to " + LARGEST_HOME.text());
    }
  }

  private void checkShared() {
    Map<String, String> taken = new TreeMap<>();
    for (int i = 0; i < hub.storage().shared().size(); i++) {
      HubStorage.SharedVolume volume = hub.storage().shared().get(i);
      String folder = volume.mountPath().orElse("/shared/" + volume.name());
      String path = PATH + ".storage.shared[" + i + "].mountPath";
      String other = taken.putIfAbsent(folder, volume.name());
      boolean winds = WINDING.matcher(folder).find();
      if (winds || TAKEN.stream().anyMatch(one -> meet(folder, one))) {
        mistakes.add(
            path,
            folder
                + (winds
                    ? " has a part . or .., which leads elsewhere"
                    : " is where servers have files of their own"),
            "choose another folder, for example /shared/" + volume.name());
      } else if (other != null) {
        mistakes.add(
            path, "volume " + other + " is at " + folder + " already", "choose another folder");
      } else {
        taken.keySet().stream()
            .filter(one -> !one.equals(folder) && meet(folder, one))
            .findFirst()
            .ifPresent(one ->
                mistakes.add(
                    path,
                    folder + " and " + one + " of volume " + taken.get(one) + " are one in another",
                    "choose a folder beside it, for example /shared/" + volume.name()));
      }
    }
  }

  private static boolean meet(String folder, String taken) {
    return (folder + "/").startsWith(taken + "/") || (taken + "/").startsWith(folder + "/");
  }

  private void checkIssuer() {
    String path = PATH + ".auth.oidc.issuer";
    hub.auth()
        .oidc()
        .map(oidc -> oidc.issuer())
        .ifPresent(issuer -> {
          int configuration = issuer.indexOf("/.well-known/");
          if (configuration >= 0) {
            mistakes.add(
                path,
                "is where the provider's configuration is, which the hub finds itself",
                "set it to " + issuer.substring(0, configuration));
          } else if (!ISSUER.matcher(issuer).matches()) {
            mistakes.add(
                path,
                "has no host name, or a user, a query or a fragment, and an issuer has none of"
                    + " these",
                "write it as \"issuer\" stands in the provider's configuration, for example"
                    + " https://login.example.org/realms/eo");
          }
        });
  }

  private void checkDirectory() {
    hub.auth()
        .ldap()
        .map(ldap -> ldap.server())
        .filter(server -> HOST_AND_PORT.matcher(server).matches())
        .ifPresent(server -> {
          int colon = server.indexOf(':');
          mistakes.add(
              PATH + ".auth.ldap.server",
              server + " is a host name with a port",
              "set it to "
                  + server.substring(0, colon)
                  + ", and port to "
                  + server.substring(colon + 1));
        });
  }

  /** The hub puts the name in by Python's own format, which fails for other braces. */
  private void checkTemplates() {
    List<String> templates =
        hub.auth().ldap().flatMap(ldap -> ldap.bindTemplates()).orElse(List.of());
    for (int i = 0; i < templates.size(); i++) {
      String rest = templates.get(i).replace("{username}", "");
      if (rest.contains("{") || rest.contains("}")) {
        mistakes.add(
            PATH + ".auth.ldap.bindTemplates[" + i + "]",
            "has a brace besides those of {username}, and nobody could log in",
            "remove it, or write it as \\7b or \\7d, as names in a directory may");
      }
    }
  }

  /** A directory knows groups, and where users are, by full names alone. */
  private void checkFullNames() {
    if (hub.auth().ldap().isEmpty()) {
      return;
    }
    List<String> groups = hub.users().groups();
    for (int i = 0; i < groups.size(); i++) {
      checkFullName(
          groups.get(i),
          PATH + ".users.groups[" + i + "]",
          "cn=forecasters,ou=groups,dc=example,dc=org");
    }
    if (!groups.isEmpty()) {
      checkMembers();
    }
    hub.auth()
        .ldap()
        .flatMap(ldap -> ldap.search())
        .ifPresent(search ->
            checkFullName(
                search.base(), PATH + ".auth.ldap.search.base", "ou=people,dc=example,dc=org"));
  }

  /** Groups list their members by full names, and a user is looked for by the name bound as. */
  private void checkMembers() {
    List<String> templates =
        hub.auth().ldap().flatMap(ldap -> ldap.bindTemplates()).orElse(List.of());
    for (int i = 0; i < templates.size(); i++) {
      if (!FULL_NAME.matcher(templates.get(i).strip()).matches()) {
        mistakes.add(
            PATH + ".auth.ldap.bindTemplates[" + i + "]",
            "is no full name in a directory, and by another nobody is in any of users.groups",
            "write it in full, as in uid={username},ou=people,dc=example,dc=org, or use search");
      }
    }
  }

  private void checkFullName(String name, String path, String example) {
    if (!FULL_NAME.matcher(name.strip()).matches()) {
      mistakes.add(path, "is no full name in a directory", "write it in full, as in " + example);
    }
  }

  private void checkAnnotations() {
    hub.ingress()
        .ifPresent(ingress ->
            ingress.annotations().keySet().stream()
                .filter(key -> !KEY.matcher(key).matches())
                .forEach(key ->
                    mistakes.add(
                        PATH + ".ingress.annotations[" + key + "]",
                        "is not a valid key",
                        "write NAME or DOMAIN/NAME, the name of letters, digits, dashes, dots and"
                            + " underscores, at most 63")));
  }
}
