package dev.isobar.provider.openstack.rest;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A request to a service.
 *
 * @param path below the service's address, begins with a slash; ids in it are {@linkplain #segment
 *     escaped}
 * @param query names and values as they are, not escaped yet
 * @param body plain maps, lists and values; no body when empty
 * @param tolerated statuses from 400 on that are answers to this request, such as 404 to a question
 *     whether something exists
 * @param makes whether something new comes of it, which may still come when there was no answer
 */
public record Ask(
    Method method,
    String path,
    List<Parameter> query,
    Optional<Object> body,
    Set<Integer> tolerated,
    boolean makes) {
  /** The methods of HTTP that OpenStack uses. */
  public enum Method {
    GET,
    POST,
    PUT,
    DELETE
  }

  /** A part of the query. */
  public record Parameter(String name, String value) {}

  /** A question. */
  public static Ask get(String path) {
    return of(Method.GET, path, Optional.empty());
  }

  /** Something to be made. */
  public static Ask make(String path, Object body) {
    return new Ask(Method.POST, path, List.of(), Optional.of(body), Set.of(), true);
  }

  /** Something to be done to what is there. */
  public static Ask act(String path, Object body) {
    return of(Method.POST, path, Optional.of(body));
  }

  /** Something to be as it is said here. */
  public static Ask put(String path, Object body) {
    return of(Method.PUT, path, Optional.of(body));
  }

  /** Something to be there. */
  public static Ask put(String path) {
    return of(Method.PUT, path, Optional.empty());
  }

  /** Something to be gone; that it is gone already is an answer. */
  public static Ask delete(String path) {
    return of(Method.DELETE, path, Optional.empty()).tolerating(404);
  }

  private static Ask of(Method method, String path, Optional<Object> body) {
    return new Ask(method, path, List.of(), body, Set.of(), false);
  }

  /** The same with one more part of the query. */
  public Ask with(String name, Object value) {
    List<Parameter> more = new ArrayList<>(query);
    more.add(new Parameter(name, value.toString()));
    return new Ask(method, path, List.copyOf(more), body, tolerated, makes);
  }

  /** The same, where a status is an answer. */
  public Ask tolerating(Integer... statuses) {
    return new Ask(method, path, query, body, Set.of(statuses), makes);
  }

  /** A piece of a path, so that no id leads elsewhere. */
  public static String segment(String id) {
    return switch (id) {
      case "", "." -> "%2E";
      case ".." -> "%2E%2E";
      default -> escaped(id);
    };
  }

  /** Path and query as they are sent. */
  String target() {
    StringBuilder target = new StringBuilder(path);
    char before = '?';
    for (Parameter one : query) {
      target.append(before).append(escaped(one.name())).append('=').append(escaped(one.value()));
      before = '&';
    }
    return target.toString();
  }

  private static String escaped(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  @Override
  public String toString() {
    return method + " " + path; // queries and bodies may hold what is secret
  }
}
