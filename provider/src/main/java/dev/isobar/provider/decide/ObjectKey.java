package dev.isobar.provider.decide;

/** Namespace and name of an object. */
public record ObjectKey(String namespace, String name) {
  @Override
  public String toString() {
    return namespace + "/" + name;
  }
}
