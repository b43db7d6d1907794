package dev.isobar.apis.platform;

import dev.isobar.apis.schema.Default;
import dev.isobar.apis.schema.Doc;
import dev.isobar.apis.schema.Length;

/** A taint of a node. */
@Doc("A taint: only pods that tolerate it run on the nodes.")
public record Taint(
    @Doc("Its key.") @Length(min = 1, max = 316) String key,
    @Doc("Its value.") @Default("\"\"") @Length(max = 63) String value,
    @Doc(
            "What happens to pods that do not tolerate it. NoSchedule: new ones stay away."
                + " PreferNoSchedule: they stay away if they can. NoExecute: those that run must"
                + " go, too.")
        Effect effect) {
  /** What a taint does; spelled as in the API. */
  public enum Effect {
    NoSchedule,
    PreferNoSchedule,
    NoExecute
  }
}
