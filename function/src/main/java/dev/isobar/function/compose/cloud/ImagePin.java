package dev.isobar.function.compose.cloud;

import dev.isobar.apis.compute.Architecture;
import dev.isobar.apis.compute.CloudObject;

/**
 * The machine image that machines of one version are made from, kept from the day it was chosen.
 */
public record ImagePin(CloudObject image, Architecture architecture) {}
