package dev.isobar.provider.reconcile;

import static dev.isobar.provider.reconcile.World.KEY;
import static dev.isobar.provider.reconcile.World.UID;
import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.provider.decide.Annotations;
import dev.isobar.provider.decide.Managed;
import dev.isobar.provider.external.Creation;
import dev.isobar.provider.external.Wishes;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * An Instance that names a machine which an Instance made that is no more, as after a restoration.
 */
final class AdoptionTest {
  private final World world = new World(true);
  private final World.Process provider = world.process();

  @BeforeEach
  void restore() {
    Creation _ = world.cloud.create(World.order("former-uid", "one"));
    world.api.apply(KEY, UID, World.spec(Wishes.machine("small", "ubuntu")));
    world.api.annotate(KEY, Annotations.EXTERNAL_NAME, "m-1");
    provider.work(Duration.ofMinutes(3));
    assertThat(world.conditions())
        .isEqualTo(Map.of("Ready", "True/Available", "Synced", "True/ReconcileSuccess"));
    assertThat(world.object().orElseThrow().annotations())
        .containsEntry(Annotations.ADOPTED, "m-1");
  }

  @Test
  void aNameThatIsMistypedLeadsBackToIt() {
    world.api.annotate(KEY, Annotations.EXTERNAL_NAME, "m-9");
    provider.work(Duration.ofMinutes(3));
    assertThat(world.object().flatMap(Managed::externalName)).contains("m-1");
    assertThat(world.cloud.madeInAll()).isEqualTo(1);
    assertThat(world.cloud.live()).containsExactly("m-1");
  }

  @Test
  void itGoesWithItsInstanceWhateverThatNames() {
    world.api.annotate(KEY, Annotations.EXTERNAL_NAME, "m-9");
    world.api.delete(KEY);
    provider.work(Duration.ofMinutes(3));
    assertThat(world.object()).isEmpty();
    assertThat(world.cloud.live()).isEmpty();
  }

  @Test
  void oneThatIsReplacedBecauseItIsHiddenIsOneTooManyLater() {
    world.cloud.hideFor(Duration.ofMinutes(4));
    provider.work(Duration.ofMinutes(10));
    assertThat(world.cloud.madeInAll()).isEqualTo(2);
    assertThat(world.cloud.live()).containsExactly("m-2");
    assertThat(world.conditions())
        .isEqualTo(Map.of("Ready", "True/Available", "Synced", "True/ReconcileSuccess"));
  }
}
