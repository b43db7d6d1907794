package dev.isobar.provider.decide;

import dev.isobar.provider.external.Creation;
import dev.isobar.provider.external.Effect;
import dev.isobar.provider.external.Failure;
import dev.isobar.provider.external.Offer;
import dev.isobar.provider.external.Response;
import java.util.List;

/** What came of the step before this one, where that matters. */
public sealed interface Happening {
  /** Nothing that matters. */
  record Nothing() implements Happening {}

  /** It is stored that a creation begins. */
  record Begun(long creation, Offer offer) implements Happening {}

  /** A machine was asked for. */
  record Asked(Creation outcome, Offer offer) implements Happening {}

  /** It is stored which machine a creation gave. */
  record Named(String id) implements Happening {}

  /** It is stored that a creation failed. */
  record Failed(Failure failure) implements Happening {}

  /** It is stored that a machine is going to be removed, because its creation failed like this. */
  record Discarded(String id, Failure failure) implements Happening {}

  /** Deletions were asked for. */
  record Deleted(List<String> ids, Effect effect) implements Happening {}

  /** What came late was asked to go. */
  record Tidied(Effect effect) implements Happening {}

  /** Mending was asked for. */
  record Updated(Effect effect) implements Happening {}

  /** What is left besides machines was asked to go. */
  record Released(Response<List<String>> remains) implements Happening {}

  /** The finalizer is gone. */
  record LetGo() implements Happening {}
}
