package dev.isobar.provider.openstack.identity;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Who the provider says it is, as Keystone wants to be told. */
sealed interface Login {
  /** The body of a request for a token. */
  Map<String, Object> body();

  /** What must not show. */
  List<String> secrets();

  /**
   * Something of a domain, by id or by name.
   *
   * @param domain of the name
   */
  record Named(Optional<String> id, Optional<String> name, Optional<Domain> domain) {
    Map<String, Object> plain() {
      Map<String, Object> plain = new TreeMap<>();
      id.ifPresentOrElse(
          value -> plain.put("id", value),
          () -> {
            name.ifPresent(value -> plain.put("name", value));
            domain.ifPresent(value -> plain.put("domain", value.plain()));
          });
      return plain;
    }
  }

  /** A domain, by id or by name. */
  record Domain(Optional<String> id, Optional<String> name) {
    Map<String, Object> plain() {
      return id.<Map<String, Object>>map(value -> Map.of("id", value))
          .orElseGet(() -> Map.of("name", name.orElse("Default")));
    }
  }

  /** A user with a password, in a project. */
  record Password(Named user, String password, Named project) implements Login {
    @Override
    public Map<String, Object> body() {
      Map<String, Object> who = new TreeMap<>(user.plain());
      who.put("password", password);
      Map<String, Object> identity =
          Map.of("methods", List.of("password"), "password", Map.of("user", who));
      return Map.of(
          "auth", Map.of("identity", identity, "scope", Map.of("project", project.plain())));
    }

    @Override
    public List<String> secrets() {
      return List.of(password);
    }

    @Override
    public String toString() {
      return "Password[" + user + "]";
    }
  }

  /** An application credential, which is in one project and may name no other. */
  record ApplicationCredential(
      Optional<String> id, Optional<String> name, Named user, String secret) implements Login {
    @Override
    public Map<String, Object> body() {
      Map<String, Object> credential = new TreeMap<>();
      credential.put("secret", secret);
      id.ifPresentOrElse(
          value -> credential.put("id", value),
          () -> {
            credential.put("name", name.orElse(""));
            credential.put("user", user.plain());
          });
      Map<String, Object> identity =
          Map.of(
              "methods", List.of("application_credential"), "application_credential", credential);
      return Map.of("auth", Map.of("identity", identity));
    }

    @Override
    public List<String> secrets() {
      return List.of(secret);
    }

    @Override
    public String toString() {
      return "ApplicationCredential[" + id.or(() -> name).orElse("") + "]";
    }
  }
}
