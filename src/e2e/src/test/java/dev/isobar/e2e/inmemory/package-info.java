/**
 * Clusters without a cloud: in front of function-isobar, OpenStack's kinds become those of Cluster
 * API's in-memory infrastructure, so that its real controllers bring a claim to life.
 */
@NullMarked
@CheckReturnValue
package dev.isobar.e2e.inmemory;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
