package dev.isobar.apis.platform;

import dev.isobar.apis.schema.Doc;

/** How the GPUs of a pool are offered to pods. */
@Doc("How the GPUs of the nodes are offered to pods.")
public record Gpu(@Doc("How each GPU is divided.") Partitioning partitioning) {}
