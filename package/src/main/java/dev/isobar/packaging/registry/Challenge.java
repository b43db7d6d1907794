package dev.isobar.packaging.registry;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What a registry asks of those it does not know.
 *
 * @param scheme in lower case: basic or bearer
 * @param fields by name
 */
record Challenge(String scheme, TreeMap<String, String> fields) {
  private static final Pattern FIELD = Pattern.compile("(\\w+)=\"([^\"]*)\"");

  /** Reads the header WWW-Authenticate. */
  static Challenge of(String header) {
    var fields = new TreeMap<String, String>();
    FIELD.matcher(header).results().forEach(field -> fields.put(field.group(1), field.group(2)));
    return new Challenge(header.strip().split("\\s", 2)[0].toLowerCase(Locale.ROOT), fields);
  }

  /**
   * Where a token is had.
   *
   * @param scope what it shall be good for, unless the challenge says
   */
  Optional<URI> tokens(String scope) {
    String realm = fields.get("realm");
    if (!scheme.equals("bearer") || realm == null) {
      return Optional.empty();
    }
    var asked = new TreeMap<String, String>();
    asked.put("scope", scope);
    fields.forEach((name, value) -> {
      if (name.equals("service")) {
        asked.put(name, value);
      }
    });
    String query =
        asked.entrySet().stream()
            .map(one -> one.getKey() + "=" + encoded(one.getValue()))
            .collect(Collectors.joining("&"));
    return Optional.of(URI.create(realm + (realm.contains("?") ? "&" : "?") + query));
  }

  private static String encoded(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8);
  }
}
