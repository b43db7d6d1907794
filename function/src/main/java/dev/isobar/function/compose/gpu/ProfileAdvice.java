package dev.isobar.function.compose.gpu;

import dev.isobar.function.compose.gpu.geometry.GpuModel;
import dev.isobar.function.compose.gpu.geometry.GpuModels;
import dev.isobar.function.compose.gpu.geometry.MigGeometry;
import dev.isobar.function.compose.gpu.geometry.MigProfile;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What to write instead of a profile that a product does not have. */
final class ProfileAdvice {
  /**
   * NVIDIA's form and what people make of it: 1g.10gb.me, 1G.10GB, 1g10gb, 1g.10gb_me; compute
   * instances 1c.3g.20gb.
   */
  private static final Pattern FORM =
      Pattern.compile(
          "(?<parts>[0-9]{1,4}c\\.)?(?<slices>[0-9]{1,4})g[._-]?(?<memory>[0-9]{1,5})gb(?<sign>[.+_-])?(?<attribute>.*)");

  /** How many products are named at most. */
  private static final int NAMED = 3;

  private final GpuModel model;
  private final MigGeometry geometry;
  private final GpuModels models;

  ProfileAdvice(GpuModel model, MigGeometry geometry, GpuModels models) {
    this.model = model;
    this.geometry = geometry;
    this.models = models;
  }

  /** What is wrong with the name. */
  String problem(String asked) {
    String problem = model.name() + " has no profile " + asked;
    List<String> owners = models.withProfile(asked);
    if (owners.isEmpty()) {
      return problem;
    }
    String more = owners.size() > NAMED ? " and others" : "";
    String names = String.join(", ", owners.subList(0, Math.min(NAMED, owners.size())));
    return problem + " (a profile of " + names + more + ")";
  }

  /** What to do instead. */
  String remedy(String asked) {
    Matcher form = FORM.matcher(asked.strip().toLowerCase(Locale.ROOT));
    if (!form.matches()) {
      return "use one of its profiles: " + names();
    }
    int slices = Integer.parseInt(form.group("slices"));
    int memory = Integer.parseInt(form.group("memory"));
    String attribute = attribute(form);
    String respelled = slices + "g." + memory + "gb" + attribute;
    if (geometry.profile(respelled).isPresent()) {
      return form.group("parts") == null
          ? "write it " + respelled
          : "use " + respelled + " itself; compute instances within a slice are not offered";
    }
    if (memory < geometry.profiles().getFirst().gigabytes()) {
      return "its smallest is " + geometry.profiles().getFirst().name();
    }
    return nearest(slices, memory, attribute);
  }

  private static String attribute(Matcher form) {
    String attribute = form.group("attribute").replace('_', '.');
    if (attribute.isEmpty()) {
      return "";
    }
    return ("-".equals(form.group("sign")) ? "-" : "+") + attribute;
  }

  private String nearest(int slices, int memory, String attribute) {
    Comparator<MigProfile> likeAttribute =
        Comparator.comparing((MigProfile profile) -> !profile.attribute().equals(attribute));
    Optional<MigProfile> sameMemory =
        geometry.profiles().stream()
            .filter(profile -> profile.gigabytes() == memory)
            .min(
                likeAttribute.thenComparingInt(
                    profile -> Math.abs(profile.computeSlices() - slices)));
    Optional<MigProfile> sameSlices =
        geometry.profiles().stream()
            .filter(profile -> profile.computeSlices() == slices)
            .min(likeAttribute.thenComparingInt(profile -> Math.abs(profile.gigabytes() - memory)));
    if (sameMemory.equals(sameSlices)) {
      return sameMemory
          .map(profile -> "use " + profile.name())
          .orElseGet(() -> "use one of its profiles: " + names());
    }
    List<String> choices =
        List.of(
                sameMemory.map(profile -> profile.name() + " (the same memory)"),
                sameSlices.map(profile -> profile.name() + " (the same compute slices)"))
            .stream()
            .flatMap(Optional::stream)
            .toList();
    return "use " + String.join(" or ", choices);
  }

  private String names() {
    return String.join(", ", geometry.profiles().stream().map(MigProfile::name).toList());
  }
}
