package dev.isobar.function.contract;

/** Whether something is ready; {@code UNSPECIFIED} leaves the judgement to a later step. */
public enum Ready {
  UNSPECIFIED,
  TRUE,
  FALSE
}
