package dev.isobar.apis.compute;

/** Processor architectures; spelled as in the API. */
public enum Architecture {
  amd64,
  arm64
}
