package dev.isobar.function.compose.gpu.geometry;

/**
 * An instance on a GPU.
 *
 * @param start its first memory slice
 */
public record MigInstance(MigProfile profile, int start) {}
