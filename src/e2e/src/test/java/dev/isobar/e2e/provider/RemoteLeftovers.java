package dev.isobar.e2e.provider;

import dev.isobar.provider.external.CloudWords;
import dev.isobar.provider.external.Effect;
import dev.isobar.provider.external.Failure;
import dev.isobar.provider.external.Leftover;
import dev.isobar.provider.external.Leftovers;
import dev.isobar.provider.external.Response;
import java.util.List;

/** What clusters left in a {@link CloudHost}, from another process. */
record RemoteLeftovers(RemoteMachines cloud) implements Leftovers {
  @Override
  public Response<String> account() {
    return cloud.account();
  }

  @Override
  @SuppressWarnings("unchecked") // What the same method of the stand-in answered.
  public Response<List<Leftover>> of(String cluster) {
    return (Response<List<Leftover>>) cloud.asked("leftovers", cluster);
  }

  @Override
  public Effect remove(Leftover leftover) {
    return cloud.asked("remove", leftover) instanceof Effect effect
        ? effect
        : new Effect.Failed(
            new Failure.CloudUnreachable(CloudWords.ours("the stand-in does not answer")));
  }
}
