package dev.isobar.it.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import java.io.Serializable;
import java.net.URI;
import java.time.Clock;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Time, chance, environment and I/O come in through constructors. */
final class PurityTest {
  /** Methods that reach for the world behind the caller's back. */
  private static final Map<String, Set<String>> WORLD =
      Map.of(
          "java.time.Instant", Set.of("now"),
          "java.time.LocalDate", Set.of("now"),
          "java.time.LocalDateTime", Set.of("now"),
          "java.time.OffsetDateTime", Set.of("now"),
          "java.time.ZonedDateTime", Set.of("now"),
          "java.lang.System", Set.of("currentTimeMillis", "nanoTime", "getenv"),
          "java.lang.Thread", Set.of("sleep"));

  private static final String[] PURE =
      Stream.concat(Stream.of(Program.PURE), Stream.of(Program.PURE_OF_PROVIDER))
          .toArray(String[]::new);

  @Test
  void onlyMainAndGrpcReadTheWorld() {
    noClasses()
        .that(not(Program.main()).and(not(resideInAPackage(Program.GRPC))))
        .should()
        .accessTargetWhere(readsTheWorld())
        .because("what is passed in can be tested: take a Clock, a Duration, a value")
        .check(Program.written());
  }

  @Test
  void pureRoomsTouchNothing() {
    noClasses()
        .that()
        .resideInAnyPackage(PURE)
        .should()
        .dependOnClassesThat(
            resideInAnyPackage(
                    "java.io..", "java.net..", "java.nio.file..", "java.util.concurrent..")
                .and(not(assignableTo(Serializable.class).and(resideInAPackage("java.io.."))))
                .and(not(assignableTo(URI.class))))
        .because("what decides neither reads, writes nor waits")
        .check(Program.written());
  }

  @Test
  void pureRoomsUseNeitherClockNorChance() {
    noClasses()
        .that()
        .resideInAnyPackage(PURE)
        .should()
        .dependOnClassesThat(
            assignableTo(Clock.class)
                .or(assignableTo(Random.class))
                .or(assignableTo(ThreadLocalRandom.class))
                .or(resideInAPackage("java.util.random..")))
        .orShould()
        .callMethod(UUID.class, "randomUUID")
        .orShould()
        .callMethod(Math.class, "random")
        .because("the same input must give the same bytes")
        .check(Program.written());
  }

  private static DescribedPredicate<JavaAccess<?>> readsTheWorld() {
    return describe(
        "reads clock or environment, or sleeps",
        access -> isOf(access.getTargetOwner(), access.getTarget().getName()));
  }

  private static boolean isOf(JavaClass owner, String method) {
    return WORLD.getOrDefault(owner.getName(), Set.of()).contains(method);
  }
}
