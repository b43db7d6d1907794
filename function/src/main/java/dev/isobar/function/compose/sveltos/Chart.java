package dev.isobar.function.compose.sveltos;

/**
 * A Helm chart as a release.
 *
 * @param repository address of the repository, without the chart
 * @param name the chart
 * @param version exact version
 * @param release name of the release
 * @param namespace namespace of the release
 */
public record Chart(
    String repository, String name, String version, String release, String namespace) {}
